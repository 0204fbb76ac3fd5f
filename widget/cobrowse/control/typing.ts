import type { ControlKey } from '../../../shared/model/control.ts';
import { isFormField } from '../dom-nodes.ts';
import { command, insert, isTextField, tellChange, tellInput } from './field-edits.ts';
import { closestAcross, isEditableText } from './guard.ts';

/** The keyboard as a page hears it: each key down, what it does by default, and up. */

type View = Window & typeof globalThis;

function key(element: Element, name: 'keydown' | 'keyup', keyName: string, shift: boolean): boolean {
  const view = (element.ownerDocument.defaultView ?? window) as View;
  return element.dispatchEvent(
    new view.KeyboardEvent(name, {
      key: keyName === 'SelectAll' ? 'a' : keyName,
      ctrlKey: keyName === 'SelectAll',
      shiftKey: shift,
      bubbles: true,
      cancelable: true,
      composed: true,
    }),
  );
}

/** Types into a field or an editable text; false when it takes no text. */
export function typeText(element: Element, text: string): boolean {
  const isLetter = [...text].length === 1;
  const isWanted = !isLetter || key(element, 'keydown', text, false);
  let isTaken = true;
  if (isWanted) {
    if (isTextField(element) && element.type !== 'checkbox' && element.type !== 'radio')
      insert(element, text);
    else if (isEditableText(element)) command(element, 'insertText', text);
    else if (text === ' ') (element as HTMLElement).click();
    else isTaken = false;
  }
  if (isLetter) key(element, 'keyup', text, false);
  return isTaken;
}

/** Presses a key. Returns where the keyboard is afterwards. */
export function pressKey(element: Element, name: ControlKey, shift: boolean): Element {
  const isWanted = key(element, 'keydown', name, shift);
  const next = isWanted ? byDefault(element, name, shift) : element;
  key(next.isConnected ? next : element, 'keyup', name, shift);
  return next;
}

function byDefault(element: Element, name: ControlKey, shift: boolean): Element {
  if (name === 'Tab') return focusNext(element, shift ? -1 : 1);
  if (isTextField(element) && !/^(?:checkbox|radio|range|submit|button|reset)$/.test(element.type)) {
    inTextField(element, name, shift);
  } else if (isFormField(element)) inControl(element, name);
  else if (isEditableText(element)) inEditable(element, name);
  else if (name === 'Enter')
    (closestAcross(element, 'a[href],button,summary') as HTMLElement | null)?.click();
  else scrollBy(element, name);
  return element;
}

function inTextField(field: HTMLInputElement | HTMLTextAreaElement, name: ControlKey, shift: boolean) {
  const { length } = field.value;
  const start = field.selectionStart ?? length;
  const end = field.selectionEnd ?? length;
  const caret = (to: number) => {
    if (field.selectionStart === null) return;
    const at = Math.min(length, Math.max(0, to));
    if (!shift) field.setSelectionRange(at, at);
    else if (at < end) field.setSelectionRange(Math.min(start, at), Math.max(start, at));
    else field.setSelectionRange(start, at);
  };
  switch (name) {
    case 'Backspace':
      return insert(field, '', { inputType: 'deleteContentBackward', remove: 'before' });
    case 'Delete':
      return insert(field, '', { inputType: 'deleteContentForward', remove: 'behind' });
    case 'Enter':
      if (field.localName === 'textarea') return insert(field, '\n', { inputType: 'insertLineBreak' });
      return submit(field as HTMLInputElement);
    case 'SelectAll':
      return field.select();
    case 'ArrowLeft':
      return caret(start === end || shift ? start - 1 : start);
    case 'ArrowRight':
      return caret(start === end || shift ? end + 1 : end);
    case 'Home':
      return caret(0);
    case 'End':
      return caret(length);
    case 'ArrowUp':
    case 'ArrowDown':
      if (field.type === 'number') step(field as HTMLInputElement, name === 'ArrowUp' ? 1 : -1);
  }
}

/** As a browser does it: by the form's own button, so that the page and its checks hear of it. */
function submit(field: HTMLInputElement): void {
  const { form } = field;
  if (!form) return;
  const button = [...form.elements].find((each) =>
    each.matches('[type=submit],[type=image],button:not([type])'),
  );
  if (button) {
    if (!button.matches(':disabled')) (button as HTMLElement).click();
  } else if (form.querySelectorAll('input:not([type=hidden],[type=checkbox],[type=radio])').length === 1) {
    form.requestSubmit();
  }
}

function step(field: HTMLInputElement, by: 1 | -1): void {
  if (by === 1) field.stepUp();
  else field.stepDown();
  tellInput(field, '');
  tellChange(field);
}

function inControl(field: HTMLElement, name: ControlKey) {
  const by =
    name === 'ArrowDown' || name === 'ArrowRight' ? 1 : name === 'ArrowUp' || name === 'ArrowLeft' ? -1 : 0;
  if (field.localName === 'select') {
    const select = field as HTMLSelectElement;
    const at = select.selectedIndex + by;
    if (by === 0 || at < 0 || at >= select.options.length) return;
    select.selectedIndex = at;
    tellInput(select, '');
    tellChange(select);
    return;
  }
  const input = field as HTMLInputElement;
  if (input.type === 'range') {
    if (by !== 0) step(input, name === 'ArrowRight' || name === 'ArrowUp' ? 1 : -1);
  } else if (name === 'Enter') {
    if (/^(?:checkbox|radio)$/.test(input.type)) submit(input);
    else input.click();
  }
}

const commands: Partial<Record<ControlKey, string>> = {
  Backspace: 'delete',
  Delete: 'forwardDelete',
  Enter: 'insertParagraph',
  SelectAll: 'selectAll',
};

function inEditable(element: HTMLElement, name: ControlKey): void {
  const known = commands[name];
  if (known) {
    command(element, known);
    return;
  }
  const steps: Partial<Record<ControlKey, [string, string]>> = {
    ArrowLeft: ['backward', 'character'],
    ArrowRight: ['forward', 'character'],
    ArrowUp: ['backward', 'line'],
    ArrowDown: ['forward', 'line'],
    Home: ['backward', 'lineboundary'],
    End: ['forward', 'lineboundary'],
  };
  const move = steps[name];
  if (move) element.ownerDocument.getSelection()?.modify('move', ...move);
}

const reachable =
  'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex],[contenteditable]';

/** The next element that Tab reaches, in the document's order. */
function focusNext(element: Element, by: 1 | -1): Element {
  const root = element.getRootNode() as Document | ShadowRoot;
  const all = [...root.querySelectorAll<HTMLElement>(reachable)].filter(
    (each) =>
      each === element ||
      (each.tabIndex >= 0 &&
        !each.matches(':disabled') &&
        !closestAcross(each, '[inert],[data-rapport-own]') &&
        each.getClientRects().length > 0),
  );
  const at = all.indexOf(element as HTMLElement);
  const next = all[at + by] ?? all[by === 1 ? 0 : all.length - 1];
  next?.focus();
  return next ?? element;
}

function scrollBy(element: Element, name: ControlKey): void {
  const view = element.ownerDocument.defaultView ?? window;
  const ways: Partial<Record<ControlKey, number>> = {
    ArrowUp: -40,
    ArrowDown: 40,
    PageUp: -view.innerHeight * 0.9,
    PageDown: view.innerHeight * 0.9,
    Home: -Number.MAX_SAFE_INTEGER,
    End: Number.MAX_SAFE_INTEGER,
  };
  view.scrollBy({ top: ways[name] ?? 0, behavior: 'instant' });
}
