import { Pencil, Trash2, X } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';

const words = {
  menu: 'This message',
  change: 'Change',
  remove: 'Delete',
  sure: 'Delete for everybody?',
  really: 'Yes, delete',
  keep: 'Keep',
  editing: 'You are changing your message',
  cancel: 'Keep as it was',
};

export interface MessageMenuProps {
  /** A message of files alone has no text to change. */
  isEditable: boolean;
  onEdit(): void;
  onDelete(): void;
  onClose(returnsFocus: boolean): void;
}

/** What can be done with an own message. What is deleted cannot be brought back, so that is asked twice. */
export function MessageMenu({ isEditable, onEdit, onDelete, onClose }: MessageMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const [isSure, setSure] = useState(false);
  /** Where it does not fit, it opens to the other side. */
  const [place, setPlace] = useState('');

  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    const list = menu.current?.closest('.scroller')?.getBoundingClientRect();
    if (!box || !list) return;
    const isCutBelow = box.bottom > list.bottom && box.top - box.height > list.top;
    const isCutAside = box.left < list.left || box.right > list.right;
    setPlace(`${isCutBelow ? ' up' : ''}${isCutAside ? ' over' : ''}`);
  }, []);

  // Before anybody sees it: a quick Enter must not meet the button that opened it.
  useLayoutEffect(() => {
    menu.current?.querySelector('button')?.focus();
  }, [isSure]);

  // A press anywhere else closes it; inside the shadow root, so that the page's own presses do as well.
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current && !event.composedPath().includes(menu.current.parentElement as Node)) onClose(false);
    };
    addEventListener('pointerdown', close, true);
    return () => removeEventListener('pointerdown', close, true);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(event.target as HTMLButtonElement);
    const to = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[to]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose(true);
    } else if (event.key === 'Tab') {
      onClose(false);
    }
  }

  return (
    <div
      ref={menu}
      class={`message-menu${place}`}
      role="menu"
      aria-label={isSure ? words.sure : words.menu}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {isSure ? (
        <>
          <span class="sure" aria-hidden="true">
            {words.sure}
          </span>
          <button type="button" role="menuitem" onClick={() => onClose(true)}>
            {words.keep}
          </button>
          <button
            type="button"
            role="menuitem"
            class="danger"
            onClick={() => {
              onClose(true);
              onDelete();
            }}
          >
            <Icon of={Trash2} size={16} />
            {words.really}
          </button>
        </>
      ) : (
        <>
          {isEditable && (
            <button
              type="button"
              role="menuitem"
              onClick={() => {
                onClose(false);
                onEdit();
              }}
            >
              <Icon of={Pencil} size={16} />
              {words.change}
            </button>
          )}
          <button type="button" role="menuitem" class="danger" onClick={() => setSure(true)}>
            <Icon of={Trash2} size={16} />
            {words.remove}
          </button>
        </>
      )}
    </div>
  );
}

/** Over the composer while a message is changed. */
export function EditingBar({ onCancel }: { onCancel(): void }) {
  return (
    <div class="editing">
      <span>{words.editing}</span>
      <button type="button" class="utility" aria-label={words.cancel} title={words.cancel} onClick={onCancel}>
        <Icon of={X} size={18} />
      </button>
    </div>
  );
}

export const styles = `
.message-menu{position:absolute;z-index:1;inset-block-start:100%;inset-inline-end:0;min-width:150px;padding:4px;border-radius:var(--rapport-radius-card);background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);display:flex;flex-direction:column;outline:none}
.message-menu.up{inset-block:auto 100%}
.message-menu.over{inset-inline:0 auto}
.message-menu>button{display:flex;align-items:center;gap:8px;min-height:36px;padding:0 10px;border-radius:var(--rapport-radius-control);font-size:var(--rapport-size-14);white-space:nowrap}
.message-menu>button:is(:hover,:focus-visible){background:var(--rapport-raised)}
.message-menu>.danger{color:var(--rapport-danger)}
.message-menu>.sure{padding:6px 10px;font-weight:600;white-space:nowrap}
.editing{display:flex;align-items:center;justify-content:space-between;gap:8px;padding-inline-start:14px;color:var(--rapport-accent-text);font-size:var(--rapport-size-13);font-weight:600}
@media (pointer:coarse){.message-menu>button{min-height:44px}}
@media (forced-colors:active){.message-menu{border:1px solid CanvasText}}
`;
