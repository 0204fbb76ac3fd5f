import type { IconNode } from 'lucide';
import { Check } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, type ButtonProps } from './button.tsx';
import { Icon } from './icon.tsx';
import './menu.css';

export interface MenuChoice {
  id: string;
  words: ComponentChildren;
  /** Word for type-ahead when `words` is not a string. */
  name?: string;
  icon?: IconNode;
  /** One of several that exclude each other, and whether it is the one. */
  checked?: boolean;
  /** Begins a new group: a line stands above it. */
  divided?: boolean;
  onChoose: () => void;
}

export interface MenuProps {
  button: Omit<ButtonProps, 'onClick' | 'expanded' | 'popup' | 'buttonRef'>;
  choices: MenuChoice[];
  /** Accessible name of the list. */
  label: string;
  align?: 'start' | 'end';
  /** Opens upwards, for buttons at the bottom. */
  upwards?: boolean;
  onOpen?: () => void;
}

/** Button with a list of actions: arrows, Home, End, first letters, Escape. */
export function Menu({ button, choices, label, align = 'start', upwards = false, onOpen }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  // Before the frame that shows the list: a key that follows at once must not press the button again.
  useLayoutEffect(() => {
    if (!open) return;
    items(root.current)[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [open]);

  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items(root.current);
    const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
    const to = (index: number) => all[(index + all.length) % all.length]?.focus();
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else if (event.key === 'ArrowDown') to(at + 1);
    else if (event.key === 'ArrowUp') to(at - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(all.length - 1);
    else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const from = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      from.find((item) => item.dataset.name?.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu" ref={root}>
      <Button
        {...button}
        buttonRef={trigger}
        expanded={open}
        popup="menu"
        onClick={() => {
          if (!open) onOpen?.();
          setOpen(!open);
        }}
      />
      {open ? (
        <div
          id={id}
          class={`menu-list menu-${align}${upwards ? ' menu-upwards' : ''}`}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              class={choice.divided ? 'menu-choice menu-divided' : 'menu-choice'}
              {...(choice.checked === undefined
                ? { role: 'menuitem' }
                : { role: 'menuitemradio', 'aria-checked': choice.checked })}
              tabIndex={-1}
              data-name={choice.name ?? (typeof choice.words === 'string' ? choice.words : '')}
              onClick={() => {
                close();
                choice.onChoose();
              }}
            >
              {choice.icon ? <Icon node={choice.icon} /> : null}
              <span class="menu-words ellipsis">{choice.words}</span>
              {choice.checked ? <Icon node={Check} sizePx={14} /> : null}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return root ? [...root.querySelectorAll<HTMLElement>('[role^="menuitem"]')] : [];
}
