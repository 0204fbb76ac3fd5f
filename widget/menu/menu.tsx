import { Check, CircleX, Download, ExternalLink, Eye, PhoneCall, SquarePen, Volume2 } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import * as menuTexts from './texts.ts';

export { menuStyles as styles } from './menu-styles.ts';

export interface MenuProps {
  isMuted: boolean;
  /** What can be done here; what cannot is not listed. */
  onNew: (() => void) | null;
  /** Resolves false when the conversation could not be read. */
  onTranscript: (() => Promise<boolean>) | null;
  onMute(muted: boolean): void;
  onShareLog(): void;
  onPopout: (() => void) | null;
  onCode: (() => void) | null;
  onEnd: (() => void) | null;
  /** `returnsFocus`: to the button; not when something else takes the focus. */
  onClose(returnsFocus: boolean): void;
}

const itemRoles = '[role^="menuitem"]';

/** The panel's menu: arrows, Home, End and first letters move, Esc and Tab close it. */
export function Menu(props: MenuProps) {
  const { isMuted, onNew, onTranscript, onPopout, onCode, onEnd, onClose } = props;
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>(itemRoles) ?? [])];

  // Before the frame that shows the menu: a key that follows at once must not press the button again.
  useLayoutEffect(() => {
    const menu = box.current;
    items()[0]?.focus({ preventScroll: true });
    const root = menu?.getRootNode() as ShadowRoot | undefined;
    const onDown = (event: Event) => {
      const path = event.composedPath();
      // The button closes the menu itself.
      if (menu && !path.includes(menu) && !path.some((one) => (one as Element).ariaHasPopup === 'menu')) {
        onClose(false);
      }
    };
    root?.addEventListener('pointerdown', onDown);
    return () => root?.removeEventListener('pointerdown', onDown);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const letter = event.key.length === 1 ? event.key.toLowerCase() : null;
    const next = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    const named =
      letter && letter !== ' '
        ? [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
            item.textContent?.trim().toLowerCase().startsWith(letter),
          )
        : undefined;
    if (event.key === 'Escape') onClose(true);
    else if (event.key === 'Tab') return onClose(false);
    else if (next ?? named) (next ?? named)?.focus();
    else return;
    event.preventDefault();
    // The panel would close with it.
    event.stopPropagation();
  }

  const closing = (work: () => void, returnsFocus = false) => {
    return () => {
      onClose(returnsFocus);
      work();
    };
  };

  async function download(read: () => Promise<boolean>) {
    setFailed(false);
    if (await read()) onClose(true);
    else setFailed(true);
  }

  return (
    <div ref={box} class="menu" role="menu" aria-label={menuTexts.menu} onKeyDown={onKeyDown}>
      {onNew && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={closing(onNew)}>
          <Icon of={SquarePen} size={18} />
          <span>{menuTexts.newConversation}</span>
        </button>
      )}
      {onTranscript && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={() => void download(onTranscript)}>
          <Icon of={Download} size={18} />
          <span>{menuTexts.transcript}</span>
        </button>
      )}
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={!isMuted}
        tabIndex={-1}
        onClick={() => props.onMute(!isMuted)}
      >
        <Icon of={Volume2} size={18} />
        <span>{menuTexts.sound}</span>
        <span class="mark-on">{!isMuted && <Icon of={Check} size={18} />}</span>
      </button>
      <button type="button" role="menuitem" tabIndex={-1} onClick={closing(props.onShareLog)}>
        <Icon of={Eye} size={18} />
        <span>{menuTexts.shareLog}</span>
      </button>
      {onPopout && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={closing(onPopout)}>
          <Icon of={ExternalLink} size={18} />
          <span>{menuTexts.popout}</span>
        </button>
      )}
      {onCode && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={closing(onCode)}>
          <Icon of={PhoneCall} size={18} />
          <span>{menuTexts.code}</span>
        </button>
      )}
      {onEnd && (
        <button type="button" role="menuitem" tabIndex={-1} class="end-item" onClick={closing(onEnd)}>
          <Icon of={CircleX} size={18} />
          <span>{menuTexts.end}</span>
        </button>
      )}
      <p role="alert">{failed ? menuTexts.transcriptFailed : ''}</p>
    </div>
  );
}
