import { ArrowLeft, ArrowRight, HandGrab, RotateCw, Undo2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { Verb } from '../../../shared/model/control.ts';
import { Button } from '../../ui/button.tsx';
import type { CobrowseView } from '../cobrowse-view.ts';

/** The address as the page's browser would take it; null when it is none. */
function webAddress(text: string, base: string): string | null {
  try {
    const { href, protocol } = new URL(text.trim(), base);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** What goes for the page as a whole while the agent has control. */
export function ControlBar({ view }: { view: Pick<CobrowseView, 'assist' | 'tabs'> }) {
  const { tabs, shown } = view.tabs.value ?? { tabs: [], shown: null };
  const page = tabs.find(({ tab }) => tab === shown)?.page;
  const [address, setAddress] = useState('');
  const [isWrong, setWrong] = useState(false);
  const use = (verb: Verb) => shown && view.assist.use(shown, verb);
  const open = (event: Event) => {
    event.preventDefault();
    const url = webAddress(address, page?.url ?? location.href);
    setWrong(url === null || address.trim() === '');
    if (!url || address.trim() === '') return;
    use({ kind: 'open', url });
    setAddress('');
  };
  return (
    <fieldset class="control-bar" aria-label="Control of the page">
      <Button
        look="quiet"
        icon={ArrowLeft}
        label="Back on the visitor’s page"
        onClick={() => use({ kind: 'back' })}
      />
      <Button
        look="quiet"
        icon={ArrowRight}
        label="Forward on the visitor’s page"
        onClick={() => use({ kind: 'forward' })}
      />
      <Button
        look="quiet"
        icon={RotateCw}
        label="Load the visitor’s page again"
        onClick={() => use({ kind: 'reload' })}
      />
      <form class="control-address" onSubmit={open}>
        <input
          type="text"
          inputMode="url"
          dir="ltr"
          value={address}
          placeholder="Open an address of this site"
          aria-label="Open an address of this site"
          aria-invalid={isWrong}
          onInput={(event) => {
            setAddress(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </form>
      <Button look="quiet" icon={Undo2} label="Undo my last change" onClick={() => use({ kind: 'undo' })}>
        Undo
      </Button>
      <Button look="quiet" icon={HandGrab} label="Give control back" onClick={() => view.assist.release()}>
        Give back
      </Button>
    </fieldset>
  );
}
