import { checkedFields, checkoutErrors, deliveryPrice, fieldError } from './checkout-rules.js';

const form = document.querySelector('#checkout-form');
const total = document.querySelector('#total');
const errorSummary = document.querySelector('#error-summary');
const euros = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

function showError(name, error) {
  const control = form.elements[name];
  const words = document.querySelector(`#${control.id}-error`);
  words.textContent = error ?? '';
  if (error) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

for (const name of checkedFields) {
  const control = form.elements[name];
  control.addEventListener('change', () => showError(name, fieldError(name, control.value, Date.now())));
  control.addEventListener('input', () => {
    if (control.hasAttribute('aria-invalid')) showError(name, fieldError(name, control.value, Date.now()));
  });
}

form.addEventListener('submit', (event) => {
  const values = Object.fromEntries(new FormData(form));
  const errors = checkoutErrors(values, Date.now());
  for (const name of checkedFields) showError(name, errors[name]);
  const failed = Object.keys(errors);
  if (failed.length === 0) return;
  event.preventDefault();
  errorSummary.textContent = `Please check ${failed.length === 1 ? 'one field' : `${failed.length} fields`}.`;
  errorSummary.hidden = false;
  form.elements[failed[0]].focus();
});

const cardNumber = form.elements.cardNumber;
cardNumber.addEventListener('input', () => {
  if (cardNumber.selectionStart !== cardNumber.value.length) return;
  const digits = cardNumber.value.replace(/\D/g, '').slice(0, 19);
  cardNumber.value = digits.replace(/(\d{4})(?=\d)/g, '$1 ');
});

const cardExpiry = form.elements.cardExpiry;
cardExpiry.addEventListener('input', (event) => {
  const digits = cardExpiry.value.replace(/\D/g, '').slice(0, 4);
  if (event.inputType === 'deleteContentBackward') return;
  cardExpiry.value = digits.length > 2 ? `${digits.slice(0, 2)}/${digits.slice(2)}` : digits;
});

for (const button of document.querySelectorAll('[data-opens]')) {
  const dialog = document.querySelector(`#${button.dataset.opens}`);
  button.addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

function showDelivery() {
  const chosen = form.elements.delivery;
  const price = deliveryPrice(chosen.value);
  const sum = Number(total.dataset.subtotal) + price;
  const label = document.querySelector(`input[name="delivery"][value="${chosen.value}"]`).dataset.label;
  for (const place of document.querySelectorAll('[data-delivery-name]')) place.textContent = label;
  for (const place of document.querySelectorAll('[data-delivery-price]')) {
    place.textContent = price === 0 ? 'free' : `€ ${euros.format(price)}`;
  }
  for (const place of document.querySelectorAll('[data-total]')) place.textContent = `€ ${euros.format(sum)}`;
}

document.querySelector('#delivery-dialog').addEventListener('change', showDelivery);
showDelivery();

const sendCode = document.querySelector('#send-code');
sendCode.addEventListener('click', () => {
  document.querySelector('#code-sent').textContent =
    'Sent to the phone ending 47. It is good for five minutes.';
  form.elements.oneTimeCode.focus();
});
