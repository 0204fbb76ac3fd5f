import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { InboxRow } from '../../shared/wire.ts';
import { TypedMenu } from './typed-menu.tsx';
import { type TypedOffers, type TypedText, useTypedChoices } from './use-typed-choices.tsx';

export interface TypedMenuPlace {
  /** Stands in the positioned box of the field; null while the word at the caret offers nothing. */
  menu: VNode | null;
  /** What the field says of the menu. */
  aria: {
    'aria-autocomplete': 'list';
    'aria-controls': string | undefined;
    'aria-activedescendant': string | undefined;
  };
  /** True when the key was for the menu. */
  takesKey(event: KeyboardEvent): boolean;
  onInput(text: string): void;
}

/** The menu over a text field for what is being typed in it, and its keys: arrows, Enter or Tab, Escape. */
export function useTypedMenu(
  row: InboxRow,
  offers: TypedOffers,
  typed: TypedText,
  onPut: (put: TypedText & { isTemplate: boolean }) => void,
): TypedMenuPlace {
  const [active, setActive] = useState(0);
  /** Start of the word whose menu was closed by Escape. */
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  const id = useId();
  const offered = useTypedChoices(row, offers, typed, onPut);
  const open = offered && offered.word.from !== dismissedAt ? offered : null;
  const at = open ? Math.min(active, open.choices.length - 1) : 0;
  return {
    menu: open && (
      <TypedMenu id={id} label={open.label} choices={open.choices} activeIndex={at} onActive={setActive} />
    ),
    aria: {
      'aria-autocomplete': 'list',
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? `${id}-${open.choices[at]?.id}` : undefined,
    },
    takesKey(event) {
      if (!open || event.ctrlKey || event.metaKey) return false;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const { length } = open.choices;
      if (step !== 0) setActive((at + step + length) % length);
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab')
        open.choices[at]?.onChoose();
      else if (event.key === 'Escape') setDismissedAt(open.word.from);
      else return false;
      event.preventDefault();
      return true;
    },
    onInput(text) {
      setActive(0);
      setDismissedAt((from) => (from !== null && /[/@]/.test(text.charAt(from)) ? from : null));
    },
  };
}
