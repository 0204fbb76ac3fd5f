import { useConsole } from '../console-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './notification-dialog.css';

const states = {
  granted: 'Mentions, your own conversations, and new ones while you are online.',
  default: 'The browser asks you once whether Rapport may show them.',
  denied: 'The browser blocks them for this page. Allow them in its site settings, beside the address.',
  impossible: 'This browser has none here. They need an https address, and on phones an installed page.',
} as const;

/** What tells the agent that somebody waits, in this browser. */
export function NotificationDialog({ onClose }: { onClose: () => void }) {
  const { notifications, preferences } = useConsole();
  const permission = notifications.permission.value;
  const isOn = permission === 'granted' && preferences.desktopNotices.value;
  return (
    <Dialog title="Notifications and sound" onClose={onClose}>
      <label class="notification-choice">
        <input
          type="checkbox"
          checked={isOn}
          disabled={permission === 'denied' || permission === 'impossible'}
          onChange={(event) => {
            if (event.currentTarget.checked) void notifications.turnOn();
            else notifications.turnOff();
          }}
        />
        <span>
          <b>Desktop notifications</b>
          <span class="muted">{states[permission]}</span>
        </span>
      </label>
      <label class="notification-choice">
        <input
          type="checkbox"
          checked={preferences.sound.value}
          onChange={(event) => preferences.setSound(event.currentTarget.checked)}
        />
        <span>
          <b>Sound</b>
          <span class="muted">Two soft tones with each notification.</span>
        </span>
      </label>
      <p class="muted">
        With several tabs open only one of them tells you, and none tells what you are looking at.
      </p>
      <div class="dialog-actions">
        <Button onClick={() => notifications.tryOut()}>Try it</Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
