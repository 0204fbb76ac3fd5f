import { categories, finishes, relatedProducts } from '../catalogue.mjs';
import { html } from '../html.mjs';
import { euros } from '../money.mjs';
import { textField } from './form-field.mjs';
import { renderPage } from './layout.mjs';
import { picturePath, productCard } from './product-card.mjs';

export function renderProduct(visit, product) {
  const category = categories.find((entry) => entry.id === product.category);
  const asked = visit.url.searchParams.get('finish');
  const chosen = product.finishes.includes(asked) ? asked : product.finishes[0];
  const colour = (id) =>
    html`<label class="finish" title="${finishes[id].name}"><input type="radio" name="finish" value="${id}" data-picture="${picturePath(product, id)}" data-name="${finishes[id].name}"${id === chosen && html` checked`}><svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" fill="${finishes[id].colour}"/></svg><span class="visually-hidden">${finishes[id].name}</span></label>`;
  return renderPage(visit, {
    title: product.name,
    description: product.text,
    scripts: ['product'],
    content: html`<div class="wrap">
  <nav class="crumbs" aria-label="You are here"><a href="/catalogue">Shop</a> / <a href="/catalogue?category=${category.id}">${category.name}</a> / ${product.name}</nav>
  <div class="product-view">
    <div class="picture"><img id="product-picture" src="${picturePath(product, chosen)}" width="800" height="640" data-product="${product.name}" alt="${product.name} in ${finishes[chosen].name}"></div>
    <div>
      <h1>${product.name}</h1>
      <p class="big-price" id="price">${euros(product.price)}</p>
      <p>${product.text}</p>
      <form id="buy" method="post" action="/cart">
        <input type="hidden" name="slug" value="${product.slug}">
        <fieldset class="group"><legend>Finish: <span id="finish-name">${finishes[chosen].name}</span></legend><div class="finish-row">${product.finishes.map(colour)}</div></fieldset>
        <div class="buy-row">
          ${textField({ id: 'quantity', label: 'Quantity', type: 'number', min: 1, max: 20, value: 1, required: true })}
          <button class="button" id="add-to-cart">Add to cart</button>
        </div>
      </form>
      <p class="small muted">${product.stock > 0 ? html`${product.stock} in stock in Lauenburg, with you in about a week.` : 'Made to order, with you in about seven weeks.'}</p>
      <dl class="facts">
        <div><dt>Size</dt><dd>${product.size}</dd></div>
        <div><dt>Weight</dt><dd>${product.weightKg} kg</dd></div>
        <div><dt>Main material</dt><dd>${product.material}</dd></div>
        <div><dt>Guarantee</dt><dd>10 years on the frame</dd></div>
      </dl>
    </div>
  </div>
  <section class="section">
    <div class="section-head"><h2>Goes well with</h2></div>
    <ul class="product-grid">${relatedProducts(product, 4).map((other) => productCard(other))}</ul>
  </section>
</div>`,
  });
}
