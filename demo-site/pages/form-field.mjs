import { escapeHtml, html, raw } from '../html.mjs';

function attributes(values) {
  return raw(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null && value !== false)
      .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
      .join(''),
  );
}

/** A labelled control. `error` undefined means the field is never checked; null means it is fine just now. */
function frame({ id, label, hint, error }, control) {
  return html`<div class="field">
  <label for="${id}">${label}</label>
  ${control}
  ${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}
  ${error !== undefined && html`<span class="field-error" id="${id}-error" aria-live="polite">${error}</span>`}
</div>`;
}

function described({ id, hint, error }) {
  const ids = [hint && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean);
  return {
    'aria-describedby': ids.length > 0 ? ids.join(' ') : null,
    'aria-invalid': error ? 'true' : null,
  };
}

export function textField({ id, name = id, label, hint, error, ...rest }) {
  const meta = { id, label, hint, error };
  return frame(
    meta,
    html`<input class="input"${attributes({ id, name, type: 'text', ...described(meta), ...rest })}>`,
  );
}

export function textArea({ id, name = id, label, hint, error, value = '', ...rest }) {
  const meta = { id, label, hint, error };
  return frame(
    meta,
    html`<textarea class="input"${attributes({ id, name, ...described(meta), ...rest })}>${value}</textarea>`,
  );
}

/** `choices` are `[value, words]`. */
export function selectField({ id, name = id, label, hint, error, choices, value, ...rest }) {
  const meta = { id, label, hint, error };
  const options = choices.map(
    ([choice, words]) =>
      html`<option value="${choice}"${choice === value && html` selected`}>${words}</option>`,
  );
  return frame(
    meta,
    html`<select class="input"${attributes({ id, name, ...described(meta), ...rest })}>${options}</select>`,
  );
}
