import type { Shape } from './secret-shapes.ts';

/**
 * Secrets that come while the page is shared. `html` stands in the page from the start, in an element of its own; `act`
 * runs in the page with that element and the secret. It is sent to the browser as text, so it uses nothing around it.
 */
export interface LatePlant {
  place: string;
  html: string;
  act(element: HTMLElement, secret: string, more: string): void;
  /** Given to `act`. */
  more?: string;
  shape?: Shape;
}

const first = '<p>Text</p>';

const attributes: LatePlant[] = [
  'title',
  'aria-label',
  'alt',
  'data-late',
  'onclick',
  'href',
  'name',
  'owner',
  'ping',
  'longdesc',
  'srcdoc',
  'background',
  'content',
].map((name) => ({
  place: `attribute ${name} set`,
  html: first,
  more: name,
  act: (element, secret, more) => element.firstElementChild?.setAttribute(more, secret),
}));

const values: LatePlant[] = [
  {
    place: 'value of a field set by the page',
    html: '<input>',
    act(element, secret) {
      (element.firstElementChild as HTMLInputElement).value = secret;
    },
  },
  {
    place: 'value attribute of a field',
    html: '<input>',
    act: (element, secret) => element.firstElementChild?.setAttribute('value', secret),
  },
  {
    place: 'value of a text area',
    html: '<textarea></textarea>',
    act(element, secret) {
      (element.firstElementChild as HTMLTextAreaElement).value = secret;
    },
  },
  {
    place: 'text of a text area',
    html: '<textarea></textarea>',
    act(element, secret) {
      (element.firstElementChild as Element).textContent = secret;
    },
  },
  {
    place: 'placeholder',
    html: '<input>',
    act(element, secret) {
      (element.firstElementChild as HTMLInputElement).placeholder = secret;
    },
  },
  {
    place: 'option added',
    html: '<select></select>',
    act: (element, secret) =>
      (element.firstElementChild as HTMLSelectElement).add(new Option(secret, secret)),
  },
  {
    place: 'words of an option',
    html: '<select><option>Text</option></select>',
    act(element, secret) {
      (element.querySelector('option') as HTMLOptionElement).text = secret;
    },
  },
  {
    place: 'setRangeText',
    html: '<input value="abc">',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.setRangeText(secret, 0, 1);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  },
  {
    place: 'form reset to a preset value',
    html: '<form><input></form>',
    act(element, secret) {
      (element.querySelector('input') as HTMLInputElement).defaultValue = secret;
      (element.firstElementChild as HTMLFormElement).reset();
    },
  },
  {
    place: 'password made readable',
    html: '<input type="password" data-rapport-unmask>',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.value = secret;
      field.type = 'text';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  },
  {
    place: 'password in a new field of the same name',
    html: '<input type="password" name="first-word">',
    act(element, secret) {
      const field = document.createElement('input');
      field.name = 'first-word';
      field.value = secret;
      field.setAttribute('data-rapport-unmask', '');
      element.replaceChildren(field);
    },
  },
  {
    place: 'field that becomes a card field',
    html: '<input data-rapport-unmask>',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.autocomplete = 'cc-csc';
      field.value = secret;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  },
  {
    place: 'field that loses its mark',
    html: '<input data-rapport-unmask>',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.removeAttribute('data-rapport-unmask');
      field.value = secret;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
  },
  {
    place: 'field that becomes hidden',
    html: '<input data-rapport-unmask>',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.type = 'hidden';
      field.value = secret;
    },
  },
  {
    place: 'password that the page repeats',
    html: '<input type="password"><p>Text</p>',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      field.value = secret;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      (element.lastElementChild as Element).textContent = `You typed ${secret}.`;
    },
  },
  {
    place: 'card that grows in an unmasked field',
    html: '<input data-rapport-unmask>',
    shape: 'card',
    act(element, secret) {
      const field = element.firstElementChild as HTMLInputElement;
      for (let end = 1; end <= secret.length; end += 1) {
        field.value = secret.slice(0, end);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    },
  },
  {
    place: 'editable text',
    html: '<div contenteditable="true">Text</div>',
    act(element, secret) {
      (element.firstElementChild as Element).textContent = secret;
    },
  },
  {
    place: 'text that becomes editable',
    html: first,
    act(element, secret) {
      const text = element.firstElementChild as HTMLElement;
      text.contentEditable = 'true';
      text.textContent = secret;
    },
  },
];

const texts: LatePlant[] = [
  {
    place: 'text node in a masked part',
    html: '<p data-rapport-mask>Text</p>',
    act(element, secret) {
      (element.firstElementChild?.firstChild as Text).data = secret;
    },
  },
  {
    place: 'text added in a blocked part',
    html: '<div data-rapport-block>Text</div>',
    act: (element, secret) => element.firstElementChild?.append(secret),
  },
  {
    place: 'text that grew to a card',
    html: '<p>4</p>',
    shape: 'card',
    act(element, secret) {
      (element.firstElementChild?.firstChild as Text).data = secret;
    },
  },
  {
    place: 'card over several elements',
    html: '<p><b>a</b> <b>b</b> <b>c</b> <b>d</b></p>',
    shape: 'card',
    act(element, secret) {
      secret.split(' ').forEach((part, index) => {
        (element.querySelectorAll('b')[index] as Element).textContent = part;
      });
    },
  },
  {
    place: 'card over text nodes',
    html: '<p></p>',
    shape: 'card in one',
    act(element, secret) {
      for (let at = 0; at < secret.length; at += 5)
        element.firstElementChild?.append(secret.slice(at, at + 5));
    },
  },
  {
    place: 'e-mail in new text',
    html: first,
    shape: 'email',
    act: (element, secret) => element.append(`Write to ${secret}`),
  },
  {
    place: 'IBAN in new text',
    html: first,
    shape: 'iban',
    act: (element, secret) => element.append(secret),
  },
  { place: 'JWT in new text', html: first, shape: 'jwt', act: (element, secret) => element.append(secret) },
  {
    place: 'masked, then changed, in one turn',
    html: first,
    act(element, secret) {
      element.setAttribute('data-rapport-mask', '');
      element.append(secret);
    },
  },
  {
    place: 'masked by a rule, then changed',
    html: first,
    act(element, secret) {
      element.classList.add('by-rule');
      element.append(secret);
    },
  },
  {
    place: 'blocked by a rule, then changed',
    html: first,
    act(element, secret) {
      element.classList.add('gone-by-rule');
      element.append(secret);
    },
  },
  {
    place: 'changed, then masked, in one turn',
    html: first,
    act(element, secret) {
      element.append(secret);
      element.setAttribute('data-rapport-mask', '');
    },
  },
  {
    place: 'moved into a masked part, then changed',
    html: '<p data-rapport-mask></p><i>Text</i>',
    act(element, secret) {
      const moved = element.querySelector('i') as Element;
      element.firstElementChild?.append(moved);
      (moved.firstChild as Text).data = secret;
    },
  },
  {
    place: 'put into a masked part by the parser',
    html: '<p data-rapport-mask></p>',
    act: (element, secret) => element.firstElementChild?.insertAdjacentHTML('beforeend', `<b>${secret}</b>`),
  },
  {
    place: 'put into a masked part by a range',
    html: '<p data-rapport-mask>Text</p>',
    act(element, secret) {
      const range = document.createRange();
      range.selectNodeContents(element.firstElementChild as Element);
      range.insertNode(document.createTextNode(secret));
    },
  },
  {
    place: 'copy of a masked part',
    html: '<p data-rapport-mask>Text</p>',
    act(element, secret) {
      const copy = (element.firstElementChild as Element).cloneNode(true);
      copy.textContent = secret;
      element.append(copy);
    },
  },
  {
    place: 'template used in a masked part',
    html: '<template><b>Text</b></template><p data-rapport-mask></p>',
    act(element, secret) {
      const copy = document.importNode((element.firstElementChild as HTMLTemplateElement).content, true);
      (copy.firstElementChild as Element).textContent = secret;
      element.lastElementChild?.append(copy);
    },
  },
  {
    place: 'masked dialog that opens',
    html: '<dialog data-rapport-mask>Text</dialog>',
    act(element, secret) {
      const dialog = element.firstElementChild as HTMLDialogElement;
      dialog.show();
      dialog.append(secret);
      dialog.close();
    },
  },
];

export const latePlants: readonly LatePlant[] = [...attributes, ...values, ...texts];
