import type { Visit } from '../../shared/model/page.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Clock } from '../page/clock.ts';
import { callEveryMs, isPopoutCall, type PageAnswer, popoutAddress } from './handshake.ts';

/** The page's side of the pop-out window. */
export interface Opener {
  /** Opens the window or brings it to the front; from a click, or the browser does not let it. */
  open(): void;
  close(): void;
}

export interface OpenerParts {
  origin: string;
  siteKey: string;
  config: SiteConfig;
  clock: Clock;
  guard(run: () => void): void;
  record(): string;
  visit(): Visit;
  identity(): Promise<string | null>;
  onOpen(isOpen: boolean): void;
  onBlocked(): void;
}

const widthPx = 400;
const heightPx = 700;

export function createOpener(parts: OpenerParts): Opener {
  const { origin, siteKey, clock, guard } = parts;
  /** Found again after a page load by its calls. */
  let popup: Window | null = null;
  let isOpen = false;
  let cancelLook = () => {};

  function setOpen(next: boolean) {
    if (isOpen === next) return;
    isOpen = next;
    parts.onOpen(next);
  }

  /** A window that is closed tells nobody. */
  function look() {
    cancelLook();
    if (popup?.closed) popup = null;
    setOpen(popup !== null);
    if (popup) cancelLook = clock.after(callEveryMs / 2, look);
  }

  function onMessage(event: MessageEvent) {
    guard(() => {
      const { data, ports, source } = event;
      if (event.origin !== origin || !isPopoutCall(data, siteKey) || !source) return;
      // The secret is given to the window that was opened here. One that has it may be found again after a page load.
      if (data.wants === 'visitor' && source !== popup) return;
      popup = source as Window;
      look();
      const [port] = ports;
      const answer = (words: PageAnswer) => port?.postMessage(words);
      if (data.wants === 'visitor') {
        answer({ type: 'visitor', record: parts.record(), config: parts.config, visit: parts.visit() });
      } else if (data.wants === 'identity') {
        void parts.identity().then((token) => answer({ type: 'identity', token }));
      }
    });
  }
  addEventListener('message', onMessage);

  return {
    open() {
      if (popup && !popup.closed) return popup.focus();
      const left = Math.max(0, screenX + outerWidth - widthPx - 40);
      const top = Math.max(0, screenY + 60);
      popup = window.open(
        popoutAddress(origin, siteKey, location.origin),
        `rapport-${siteKey}`,
        `popup,width=${widthPx},height=${heightPx},left=${left},top=${top}`,
      );
      if (popup) look();
      else parts.onBlocked();
    },
    close() {
      cancelLook();
      removeEventListener('message', onMessage);
    },
  };
}
