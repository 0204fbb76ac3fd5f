import { html } from '../html.mjs';
import { euros } from '../money.mjs';
import { renderPage } from './layout.mjs';

export function renderCart(visit) {
  const { lines, subtotal } = visit.cart;
  const added = lines.find((line) => line.key === visit.url.searchParams.get('added'));
  const full = html`<div class="two-columns">
    <ul class="cart-lines">${lines.map(
      (line, index) => html`<li class="cart-line">
        <img src="${line.picture}" width="104" height="83" alt="">
        <div><h2>${line.href ? html`<a href="${line.href}">${line.name}</a>` : line.name}</h2><p>${line.detail}</p></div>
        <span class="price line-price">${euros(line.price * line.quantity)}</span>
        <form method="post" action="/cart/line">
          <input type="hidden" name="key" value="${line.key}">
          <label class="visually-hidden" for="quantity-${index}">Quantity of ${line.name}</label>
          <input class="input" id="quantity-${index}" name="quantity" type="number" min="0" max="20" value="${line.quantity}" required>
          <button class="text-button">Update</button>
          <button class="text-button" name="remove" value="1" formnovalidate>Remove</button>
        </form>
      </li>`,
    )}</ul>
    <aside class="card sticky" aria-label="Total">
      <dl class="sums">
        <div><dt>Subtotal</dt><dd>${euros(subtotal)}</dd></div>
        <div><dt>Delivery</dt><dd>chosen at checkout</dd></div>
        <div class="sum"><dt>Total</dt><dd id="total">${euros(subtotal)}</dd></div>
      </dl>
      <div class="button-row"><a class="button" id="go-to-checkout" href="/checkout">Go to checkout</a></div>
    </aside>
  </div>`;
  const empty = html`<div class="card narrow"><p id="cart-empty">There is nothing here yet.</p><a class="button" href="/catalogue">See the collection</a></div>`;
  return renderPage(visit, {
    title: 'Cart',
    description: 'What you have chosen so far.',
    content: html`<div class="wrap">
  <div class="page-head"><h1>Your cart</h1></div>
  ${added && html`<p class="notice" role="status">${added.name} is in your cart.</p>`}
  ${lines.length > 0 ? full : empty}
</div>`,
  });
}
