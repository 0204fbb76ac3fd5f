import { finishes } from '../catalogue.mjs';
import { html } from '../html.mjs';
import { euros } from '../money.mjs';

export function picturePath(product, finishId = product.finishes[0]) {
  return `/images/products/${product.slug}.${finishId}.svg`;
}

export function productCard(product, { lazy = true } = {}) {
  return html`<li class="product-card">
  ${product.isNew && html`<span class="flag">New</span>`}
  <div class="picture"><img src="${picturePath(product)}" width="800" height="640" alt=""${lazy && html` loading="lazy"`}></div>
  <h3><a href="/product/${product.slug}">${product.name}</a></h3>
  <p><span class="muted">${finishes[product.finishes[0]].name}</span><span class="price">${euros(product.price)}</span></p>
</li>`;
}
