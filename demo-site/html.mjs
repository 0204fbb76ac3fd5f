/** Text that is already markup; everything else put into `html` is escaped. */
class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(value) {
  return String(value).replace(/[&<>"']/g, (character) => entities[character]);
}

export function raw(text) {
  return new Markup(String(text));
}

function toMarkup(value) {
  if (value === null || value === undefined || value === false || value === true) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(toMarkup).join('');
  return escapeHtml(value);
}

/** `html`<p>${name}</p>`` escapes `name`; nested `html` and arrays of it pass through; false and null vanish. */
export function html(strings, ...values) {
  let text = strings[0];
  for (let i = 0; i < values.length; i += 1) text += toMarkup(values[i]) + strings[i + 1];
  return new Markup(text);
}
