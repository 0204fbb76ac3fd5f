import { Check } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import './choice-menu.css';

export interface Choice {
  id: string;
  /** What the choice is found by, and its words unless `words` says more. */
  name: string;
  words?: ComponentChildren;
  /** Before the words: a picture, a colour. */
  lead?: ComponentChildren;
  /** Behind the words, small. */
  detail?: ComponentChildren;
  /** Holds already. */
  checked?: boolean;
  /** Shown beside the list while this choice is the active one. */
  preview?: ComponentChildren;
  /** Why it cannot be chosen. */
  fault?: string | null;
  /** Stays open after the choice: one of several that hold together. */
  staysOpen?: boolean;
  onChoose(): void;
}

export interface ChoiceMenuProps {
  button: Omit<ButtonProps, 'onClick' | 'expanded' | 'popup' | 'buttonRef'>;
  /** Accessible name of the list. */
  label: string;
  choices: readonly Choice[];
  placeholder: string;
  /** Stands in place of the list when nothing fits what was typed. */
  nothing: string;
  open: boolean;
  onOpen(open: boolean): void;
  /** A choice that what was typed offers, e.g. to create it. */
  offer?(query: string): Choice | null;
  align?: 'start' | 'end';
}

/** Button with a list that is searched by typing: arrows, Home, End, Enter, Escape. The focus comes back where it was. */
export function ChoiceMenu(props: ChoiceMenuProps) {
  const { button, open, onOpen, align = 'start' } = props;
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const wasOpen = useRef(false);

  // The list takes the focus while it is drawn; where it was is read before.
  if (open !== wasOpen.current) {
    wasOpen.current = open;
    if (open) cameFrom.current = document.activeElement;
  }
  useLayoutEffect(() => {
    if (!open) return;
    return () => {
      // Only what the menu took is given back: a dialog that a choice opened keeps the focus.
      if (document.activeElement !== document.body && !root.current?.contains(document.activeElement)) return;
      const back = cameFrom.current;
      if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus();
      else trigger.current?.focus();
    };
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) onOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [open, onOpen]);

  return (
    <div class="choice-menu" ref={root}>
      <Button {...button} buttonRef={trigger} expanded={open} popup="dialog" onClick={() => onOpen(!open)} />
      {open ? (
        <div class={`choice-popover choice-${align}`} role="dialog" aria-label={props.label}>
          <ChoiceList {...props} onClose={() => onOpen(false)} />
        </div>
      ) : null}
    </div>
  );
}

function ChoiceList({
  label,
  choices,
  placeholder,
  nothing,
  offer,
  onClose,
}: ChoiceMenuProps & { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  // Before the next key: what is typed at once belongs to the field.
  useLayoutEffect(() => input.current?.focus(), []);

  const wanted = query.trim().toLowerCase();
  const found = choices.filter(({ name }) => name.toLowerCase().includes(wanted));
  const offered = wanted === '' ? null : (offer?.(query.trim()) ?? null);
  const shown = offered ? [...found, offered] : found;
  const at = Math.min(active, shown.length - 1);
  const current = shown[at];

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);

  const choose = (choice: Choice | undefined) => {
    if (!choice || choice.fault) return;
    if (choice.staysOpen) {
      input.current?.focus();
      if (choice === offered) setQuery('');
    } else onClose();
    choice.onChoose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const to = (index: number) => setActive(shown.length === 0 ? 0 : (index + shown.length) % shown.length);
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Tab') return onClose();
    else if (event.key === 'ArrowDown') to(at + 1);
    else if (event.key === 'ArrowUp') to(at - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(shown.length - 1);
    else if (event.key === 'Enter') choose(current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="choice-inside">
      <input
        ref={input}
        class="choice-input"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={shown.length > 0}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        placeholder={placeholder}
        value={query}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div class="choice-columns">
        <div
          ref={list}
          id={`${id}-list`}
          class="choice-list scrolls"
          // A list without a choice is none.
          {...(shown.length > 0 ? { role: 'listbox', 'aria-label': label } : { role: 'status' })}
        >
          {shown.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: chosen by keyboard in the field, which keeps the focus
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              class={choice.fault ? 'choice choice-faulty' : 'choice'}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              aria-checked={choice.checked}
              aria-disabled={choice.fault ? true : undefined}
              onPointerMove={() => setActive(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              {choice.lead}
              <span class="choice-words">{choice.words ?? <bdi class="ellipsis">{choice.name}</bdi>}</span>
              {choice.detail ? <span class="choice-detail">{choice.detail}</span> : null}
              {choice.checked ? <Icon node={Check} sizePx={14} /> : null}
            </div>
          ))}
          {shown.length === 0 ? <p class="choice-nothing">{nothing}</p> : null}
        </div>
        {current?.preview || current?.fault ? (
          <div class="choice-preview scrolls" aria-live="polite">
            {current.fault ? <p class="choice-fault">{current.fault}</p> : null}
            {current.preview}
          </div>
        ) : null}
      </div>
    </div>
  );
}
