import { html, raw } from '../html.mjs';
import { euros } from '../money.mjs';
import { countries, deliveries, deliveryPrice, deliverySlots } from '../public/js/checkout-rules.js';
import { selectField, textArea, textField } from './form-field.mjs';
import { renderPage } from './layout.mjs';

const loyaltyNumber = '6041 2290 7718 3345';
const refundIban = 'DE89 3704 0044 0532 0130 00';

/** Not a real symbology: bars that look like one, wide enough to scan with the eye. */
function barcode(digits) {
  let x = 4;
  let bars = '';
  for (const [index, digit] of [...digits.replaceAll(' ', '')].entries()) {
    const width = 1 + ((Number(digit) + index) % 4);
    bars += `<rect x="${x}" y="0" width="${width}" height="40"/>`;
    x += width + 2 + (Number(digit) % 3);
    bars += `<rect x="${x}" y="0" width="1.5" height="40"/>`;
    x += 4;
  }
  return html`<svg class="barcode" viewBox="0 0 ${x} 40" preserveAspectRatio="none" role="img" aria-label="Barcode of your loyalty card">${raw(bars)}</svg>`;
}

function miniLines(lines) {
  return html`<ul class="mini-lines">${lines.map(
    (line) =>
      html`<li><img src="${line.picture}" width="56" height="45" alt=""><span>${line.quantity} × ${line.name}<br><span class="muted small">${line.detail}</span></span><span class="price">${euros(line.price * line.quantity)}</span></li>`,
  )}</ul>`;
}

function sums(subtotal, delivery, totalAttributes) {
  const price = deliveryPrice(delivery.id);
  return html`<dl class="sums">
  <div><dt>Subtotal</dt><dd>${euros(subtotal)}</dd></div>
  <div><dt data-delivery-name>${delivery.name}</dt><dd data-delivery-price>${price === 0 ? 'free' : euros(price)}</dd></div>
  <div class="sum"><dt>Total</dt><dd${totalAttributes}>${euros(subtotal + price)}</dd></div>
</dl>`;
}

function dialog(id, heading, content) {
  return html`<dialog id="${id}" aria-labelledby="${id}-heading">
  <div class="dialog-body">
    <div class="dialog-head"><h2 id="${id}-heading">${heading}</h2></div>
    ${content}
    <form class="dialog-foot" method="dialog"><button class="button" id="${id}-done">Done</button></form>
  </div>
</dialog>`;
}

/** `errors` by field name; `values` are what was sent, without the card. */
export function renderCheckout(visit, { values = {}, errors = {}, expired = false } = {}) {
  const { lines, subtotal } = visit.cart;
  const { csrf } = visit.session;
  const delivery = deliveries.find((entry) => entry.id === values.delivery) ?? deliveries[0];
  const field = (name, more) => ({ name, value: values[name], error: errors[name] ?? null, ...more });
  const failed = Object.keys(errors).length;
  return renderPage(visit, {
    title: 'Checkout',
    description: 'Address, delivery and payment.',
    styles: ['checkout'],
    scripts: ['checkout'],
    head: html`<meta name="csrf-token" content="${csrf}">\n`,
    content: html`<div class="wrap">
  <div class="page-head"><h1>Checkout</h1></div>
  <p class="notice problem" id="error-summary" role="alert"${failed === 0 && !expired && html` hidden`}>${expired ? 'This page was open for too long. Please send it again.' : `Please check ${failed === 1 ? 'one field' : `${failed} fields`}.`}</p>
  <div class="two-columns">
    <form class="checked" id="checkout-form" method="post" action="/checkout" novalidate>
      <input type="hidden" name="csrf" value="${csrf}">
      <section class="card checkout-section">
        <h2>Where it goes</h2>
        ${textField(field('email', { id: 'contact-email', label: 'E-mail for the receipt', type: 'email', autocomplete: 'email' }))}
        ${textField(field('fullName', { id: 'full-name', label: 'Name', autocomplete: 'name' }))}
        ${textField(field('street', { id: 'street', label: 'Street and number', autocomplete: 'address-line1', 'data-rapport-unmask': true }))}
        <div class="pair wide-last keep">
          ${textField(field('postcode', { id: 'postcode', label: 'Postcode', autocomplete: 'postal-code' }))}
          ${textField(field('city', { id: 'city', label: 'City', autocomplete: 'address-level2', 'data-rapport-unmask': true }))}
        </div>
        ${selectField(field('country', { id: 'country', label: 'Country', autocomplete: 'country-name', value: values.country ?? 'Germany', choices: countries.map((name) => [name, name]) }))}
      </section>
      <section class="card checkout-section">
        <h2>When and how</h2>
        <div class="delivery-line"><span data-delivery-name>${delivery.name}</span><button class="text-button" type="button" id="open-delivery" data-opens="delivery-dialog">Delivery options</button></div>
        ${selectField(field('deliverySlot', { id: 'delivery-slot', label: 'Time for the van', choices: [['', 'Choose a time'], ...deliverySlots.map(({ id, name }) => [id, name])] }))}
        ${textArea({ id: 'delivery-note', name: 'deliveryNote', label: 'Note for the drivers', rows: 3, maxlength: 300, value: values.deliveryNote ?? '', hint: 'Narrow stairs, a code for the gate, a shy dog.', 'data-rapport-unmask': true })}
      </section>
      <section class="card checkout-section" id="saved-cards" data-rapport-block>
        <h2>In your wallet</h2>
        <div class="saved">
          <div><h3>Loyalty card</h3>${barcode(loyaltyNumber)}<p id="loyalty-number">${loyaltyNumber}</p></div>
          <div><h3>Saved cards</h3><p>Visa ending 4242, until 09/28</p><p>Mastercard ending 8210, until 01/27</p></div>
        </div>
      </section>
      <section class="card checkout-section">
        <h2>Payment</h2>
        ${textField(field('cardNumber', { id: 'card-number', label: 'Card number', autocomplete: 'cc-number', inputmode: 'numeric', maxlength: 23, placeholder: '0000 0000 0000 0000', value: '' }))}
        <div class="pair keep">
          ${textField(field('cardExpiry', { id: 'card-expiry', label: 'Good until', autocomplete: 'cc-exp', inputmode: 'numeric', maxlength: 5, placeholder: 'MM/YY', value: '' }))}
          ${textField(field('cardCvc', { id: 'card-cvc', label: 'CVC', autocomplete: 'cc-csc', inputmode: 'numeric', maxlength: 4, placeholder: '000', value: '' }))}
        </div>
        ${textField(field('cardName', { id: 'card-name', label: 'Name on the card', autocomplete: 'cc-name' }))}
        <div class="field">
          <label for="one-time-code">Code from your bank</label>
          <div class="with-button"><input class="input" id="one-time-code" name="oneTimeCode" type="text" autocomplete="one-time-code" inputmode="numeric" maxlength="6" aria-describedby="one-time-code-error code-sent"${errors.oneTimeCode && html` aria-invalid="true"`}><button class="button quiet" type="button" id="send-code">Send me a code</button></div>
          <span class="hint" id="code-sent" aria-live="polite">Six digits, by text message.</span>
          <span class="field-error" id="one-time-code-error" aria-live="polite">${errors.oneTimeCode}</span>
        </div>
        <p class="small muted">Should we ever owe you money, it goes to your account <span id="refund-iban">${refundIban}</span> at Elbe Sparbank.</p>
      </section>
      <button class="button" id="place-order">Place the order</button>
    </form>
    <aside class="card sticky" aria-labelledby="order-heading">
      <h2 id="order-heading">Your order</h2>
      ${sums(subtotal, delivery, html` id="total" data-total data-subtotal="${subtotal}" aria-live="polite"`)}
      <button class="text-button" type="button" id="open-summary" data-opens="summary-dialog">Show all items</button>
      <p class="small muted">All prices include VAT. How we keep payments safe: <a href="/secure">payment security</a>.</p>
    </aside>
  </div>
  ${dialog(
    'delivery-dialog',
    'Delivery options',
    html`<div class="options" role="radiogroup" aria-labelledby="delivery-dialog-heading">${deliveries.map(
      (entry) =>
        html`<label class="option"><input type="radio" name="delivery" form="checkout-form" value="${entry.id}" data-label="${entry.name}"${entry.id === delivery.id && html` checked`}><span class="option-words"><b>${entry.name}</b><span>${entry.note}</span></span><span class="option-price">${entry.price === 0 ? 'free' : euros(entry.price)}</span></label>`,
    )}</div>`,
  )}
  ${dialog('summary-dialog', 'Your order', html`${miniLines(lines)}${sums(subtotal, delivery, html` data-total`)}`)}
</div>`,
  });
}

export function renderOrdered(visit) {
  return renderPage(visit, {
    title: 'Thank you',
    description: 'Your order is placed.',
    content: html`<div class="wrap narrow">
  <div class="page-head"><p class="eyebrow">Order ${visit.session?.lastOrder ?? 'NW-0'}</p><h1 id="ordered">Thank you</h1><p>We have your order and will write as soon as the van has a date. The receipt is on its way to your inbox.</p></div>
  <div class="button-row"><a class="button" href="/catalogue">Back to the shop</a></div>
</div>`,
  });
}
