/** A control of our own beside one of the mirror: lists and pickers open in no page that is only a picture. */

export interface ValuePopup {
  /** Options of a select, by what they are called. */
  choose(
    select: HTMLSelectElement,
    place: { x: number; y: number },
    onChosen: (options: HTMLOptionElement[]) => void,
  ): void;
  /** A value of an input that has a picker: date, time, colour. */
  pick(input: HTMLInputElement, place: { x: number; y: number }, onPicked: (value: string) => void): void;
  close(): void;
}

const maxRows = 8;

export function createValuePopup(cover: HTMLElement): ValuePopup {
  let shown: HTMLElement | null = null;

  function close(): void {
    shown?.remove();
    shown = null;
  }

  /** Shows a control with its button; Enter sends, Escape closes. */
  function open(
    control: HTMLElement,
    place: { x: number; y: number },
    label: string,
    onSet: () => void,
  ): void {
    close();
    const popup = document.createElement('div');
    popup.className = 'value-popup';
    control.setAttribute('aria-label', label);
    const set = document.createElement('button');
    set.type = 'button';
    set.textContent = 'Set';
    const send = () => {
      onSet();
      close();
    };
    set.addEventListener('click', send);
    popup.append(control, set);
    popup.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') close();
      if (event.key === 'Enter') send();
    });
    for (const name of ['pointerdown', 'pointerup', 'mousedown', 'wheel', 'click'] as const) {
      popup.addEventListener(name, (event) => event.stopPropagation());
    }
    cover.append(popup);
    shown = popup;
    const box = cover.getBoundingClientRect();
    popup.style.left = `${Math.max(4, Math.min(place.x, box.width - popup.offsetWidth - 4))}px`;
    popup.style.top = `${Math.max(4, Math.min(place.y, box.height - popup.offsetHeight - 4))}px`;
    control.focus();
  }

  return {
    choose(select, place, onChosen) {
      const list = document.createElement('select');
      list.multiple = select.multiple;
      const originals = [...select.options];
      for (const original of originals) {
        const option = document.createElement('option');
        option.textContent = original.textContent;
        option.disabled = original.disabled;
        option.selected = original.selected;
        list.append(option);
      }
      list.size = Math.max(2, Math.min(maxRows, originals.length));
      const chosen = () => originals.filter((_original, index) => list.options[index]?.selected);
      open(list, place, 'Choose for the visitor', () => onChosen(chosen()));
    },
    pick(input, place, onPicked) {
      const field = document.createElement('input');
      field.type = input.type;
      for (const name of ['min', 'max', 'step'] as const) {
        const limit = input.getAttribute(name);
        if (limit !== null) field.setAttribute(name, limit);
      }
      field.value = input.value;
      open(field, place, 'Value for the visitor’s field', () => onPicked(field.value));
    },
    close,
  };
}
