import { isFormField } from '../dom-nodes.ts';

/** Changes of fields as a person makes them: frameworks that track values hear of each. */

type View = Window & typeof globalThis;
export type TextField = HTMLInputElement | HTMLTextAreaElement;

const viewOf = (node: Node) => (node.ownerDocument?.defaultView ?? window) as View;

export function isTextField(element: Element): element is TextField {
  return isFormField(element) && element.localName !== 'select';
}

/** The browser's own setter: a framework's on the element would take the value for one it has set itself. */
export function setValue(field: Element, value: string): void {
  const view = viewOf(field);
  const { prototype } =
    field.localName === 'textarea'
      ? view.HTMLTextAreaElement
      : field.localName === 'select'
        ? view.HTMLSelectElement
        : view.HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
}

export function tellInput(field: Element, inputType: string, data: string | null = null): void {
  const { InputEvent } = viewOf(field);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType, data }));
}
export function tellChange(field: Element): void {
  const { Event } = viewOf(field);
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
/** False: the page does not want it, or does it itself. */
function asksBefore(field: Element, inputType: string, data: string | null): boolean {
  const { InputEvent } = viewOf(field);
  return field.dispatchEvent(
    new InputEvent('beforeinput', { bubbles: true, cancelable: true, composed: true, inputType, data }),
  );
}

/** Puts text in place of the selection, or of `remove` letters before or behind the caret. */
export function insert(
  field: TextField,
  text: string,
  { inputType = 'insertText', remove }: { inputType?: string; remove?: 'before' | 'behind' } = {},
): void {
  const data = text === '' ? null : text;
  if (!asksBefore(field, inputType, data)) return;
  const { value } = field;
  let start = field.selectionStart ?? value.length;
  let end = field.selectionEnd ?? value.length;
  if (start === end && remove === 'before')
    start = Math.max(0, start - (lastLetter(value.slice(0, start)) || 1));
  if (start === end && remove === 'behind') end += firstLetter(value.slice(end)) || 1;
  const room =
    field.maxLength < 0 ? Number.POSITIVE_INFINITY : field.maxLength - (value.length - (end - start));
  const added = text.slice(0, Math.max(0, room));
  setValue(field, value.slice(0, start) + added + value.slice(end));
  // Number and e-mail fields have no caret that a script may move.
  if (field.selectionStart !== null) field.setSelectionRange(start + added.length, start + added.length);
  tellInput(field, inputType, data);
  tellChange(field);
}

/** Code units of the letter: emoji have two and more. */
const lastLetter = (text: string) => /\P{M}\p{M}*$/u.exec(text)?.[0].length ?? 0;
const firstLetter = (text: string) => /^\P{M}\p{M}*/u.exec(text)?.[0].length ?? 0;

/** The whole value at once; false when the field does not take it. */
export function fill(field: TextField, value: string): boolean {
  if (!asksBefore(field, 'insertReplacementText', value)) return false;
  const before = field.value;
  setValue(field, value);
  // What is no date or number is sanitized to nothing.
  if (field.value === '' && value !== '') {
    setValue(field, before);
    return false;
  }
  tellInput(field, 'insertReplacementText', value);
  tellChange(field);
  return true;
}

/** Chooses exactly these options of a native select. */
export function choose(select: HTMLSelectElement, options: ReadonlySet<Element>): void {
  for (const option of select.options) {
    const isChosen = options.has(option);
    if (option.selected !== isChosen && (select.multiple || isChosen)) option.selected = isChosen;
  }
  tellInput(select, '');
  tellChange(select);
}

/** Sets a slider to a part of its width. */
export function slide(slider: HTMLInputElement, part: number): void {
  const min = Number(slider.min || 0);
  const max = Number(slider.max || 100);
  const isTurned = viewOf(slider).getComputedStyle(slider).direction === 'rtl';
  const along = Math.min(1, Math.max(0, isTurned ? 1 - part : part));
  // The field rounds it to its step.
  setValue(slider, String(min + (max - min) * along));
  tellInput(slider, '');
  tellChange(slider);
}

/** Editable text: the browser's own commands, which keep its structure and its undo. */
export function command(editable: HTMLElement, name: string, text = ''): boolean {
  const { ownerDocument } = editable;
  if (!editable.contains(ownerDocument.activeElement)) editable.focus({ preventScroll: true });
  const selection = ownerDocument.getSelection();
  if (selection && !editable.contains(selection.anchorNode)) {
    selection.selectAllChildren(editable);
    selection.collapseToEnd();
  }
  return ownerDocument.execCommand(name, false, text);
}
