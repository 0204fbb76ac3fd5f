import { Bell } from 'lucide';
import { useConsole } from '../console-context.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import './notification-offer.css';

/** Offers notifications at the moment at which one would have helped; the browser is asked only after a yes. */
export function NotificationOffer() {
  const { notifications } = useConsole();
  if (!notifications.wanted.value) return null;
  return (
    <section class="notification-offer" aria-label="Desktop notifications">
      <Icon node={Bell} />
      <p>A visitor has just written. Tell you with a desktop notification next time?</p>
      <div class="notification-offer-answers">
        <Button look="primary" onClick={() => void notifications.turnOn()}>
          Turn on
        </Button>
        <Button look="quiet" onClick={() => notifications.dismiss()}>
          No, thanks
        </Button>
      </div>
    </section>
  );
}
