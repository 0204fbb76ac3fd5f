import { html } from '../html.mjs';
import { textArea, textField } from './form-field.mjs';
import { renderPage } from './layout.mjs';

export const memberNumber = 'NW-4471-8820-03';

export const defaultAccount = {
  name: 'Marta Lindqvist',
  email: 'marta.lindqvist@example.com',
  birthday: '1987-04-12',
  phone: '+49 151 5550 4747',
  newsletter: true,
  contact: 'email',
  note: '',
};

function passwordField(id, label, autocomplete) {
  return html`<div class="field">
  <label for="${id}">${label}</label>
  <div class="with-button">
    <input class="input" id="${id}" name="${id}" type="password" autocomplete="${autocomplete}" minlength="8">
    <button class="button quiet" type="button" data-reveals="${id}" aria-pressed="false" aria-label="Show ${label.toLowerCase()}">Show</button>
  </div>
</div>`;
}

export function renderAccount(visit) {
  const account = visit.session?.account ?? defaultAccount;
  const contact = (value, words) =>
    html`<label class="tick"><input type="radio" name="contact" value="${value}"${account.contact === value && html` checked`}>${words}</label>`;
  return renderPage(visit, {
    title: 'Your account',
    description: 'Your details at Nordwald.',
    styles: ['account'],
    scripts: ['account'],
    content: html`<div class="wrap narrow">
  <div class="page-head"><h1>Your account</h1><p>Good to see you, ${account.name}.</p></div>
  ${visit.url.searchParams.get('saved') === '1' && html`<p class="notice" id="saved" role="status">Your details are saved.</p>`}
  <div class="card member">
    <p><span class="muted small">Member number</span><output id="member-number" data-rapport-mask>${memberNumber}</output></p>
    <p><span class="muted small">Member since</span><output>March 2019</output></p>
    <p><span class="muted small">Points</span><output>1,840</output></p>
  </div>
  <form id="account-form" method="post" action="/account">
    <section class="card form-section">
      <h2>About you</h2>
      ${textField({ id: 'name', label: 'Name', autocomplete: 'name', value: account.name, required: true, maxlength: 80 })}
      ${textField({ id: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', value: account.email, required: true, maxlength: 120 })}
      <div class="pair">
        ${textField({ id: 'phone', label: 'Phone', type: 'tel', autocomplete: 'tel', value: account.phone, maxlength: 30 })}
        ${textField({ id: 'birthday', label: 'Birthday', type: 'date', autocomplete: 'bday', value: account.birthday, hint: 'We send a candle.' })}
      </div>
    </section>
    <section class="card form-section">
      <h2>Password</h2>
      ${passwordField('password', 'Current password', 'current-password')}
      ${passwordField('new-password', 'New password', 'new-password')}
    </section>
    <section class="card form-section">
      <h2>How we reach you</h2>
      <label class="tick"><input type="checkbox" id="newsletter" name="newsletter" value="1"${account.newsletter && html` checked`}>Send me the letter, four times a year</label>
      <fieldset class="group"><legend>About an order, please</legend><div class="radio-row">${contact('email', 'write')}${contact('phone', 'ring')}${contact('sms', 'send a text')}</div></fieldset>
      ${textArea({ id: 'note', label: 'Anything our drivers should know', rows: 4, maxlength: 300, value: account.note })}
      <p class="small muted" id="note-left">300 characters left</p>
    </section>
    <button class="button" id="save-account">Save</button>
  </form>
</div>`,
  });
}
