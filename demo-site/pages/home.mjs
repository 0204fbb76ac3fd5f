import { categories, products } from '../catalogue.mjs';
import { html } from '../html.mjs';
import { renderPage } from './layout.mjs';
import { picturePath, productCard } from './product-card.mjs';

const materials = [
  ['linen', 'Linen', 'Flax from Normandy, washed soft before it is cut.'],
  ['boucle', 'Bouclé', 'Looped wool and cotton that hides the crumbs.'],
  ['oak', 'Oak', 'From forests within 200 km, oiled and never lacquered.'],
  ['wool', 'Wool twill', 'Woven in Borås, good for a hundred thousand sittings.'],
];

export function renderHome(visit) {
  const favourites = ['bruno-sofa', 'odda-armchair', 'mose-pendant', 'stellan-sideboard'];
  return renderPage(visit, {
    title: null,
    description: 'Sofas, chairs, tables and lamps made in the north of Germany from wood, wool and linen.',
    content: html`<div class="wrap">
  <section class="hero">
    <div>
      <p class="eyebrow">The autumn collection</p>
      <h1>Furniture that grows old well</h1>
      <p>Made to be sat on, spilled on, moved twice and handed down. Built in Lauenburg from wood, wool and linen.</p>
      <div class="button-row"><a class="button" href="/catalogue">See the collection</a><a class="button quiet" href="/configurator">Build your own</a></div>
    </div>
    <div class="scene"><img src="/images/scenes/living-room.svg" width="1600" height="900" alt="A living room with a green sofa, an arc lamp and a window onto a forest"></div>
  </section>

  <section class="section">
    <div class="section-head"><h2>By room and need</h2></div>
    <ul class="category-row">${categories.map((category) => {
      const product = products.find((entry) => entry.category === category.id);
      return html`<li><a href="/catalogue?category=${category.id}"><img src="${picturePath(product)}" width="800" height="640" alt="">${category.name}</a></li>`;
    })}</ul>
  </section>

  <section class="section">
    <div class="section-head"><h2>Our favourites just now</h2><a href="/catalogue">All ${products.length} pieces</a></div>
    <ul class="product-grid">${favourites.map((slug) => productCard(products.find((entry) => entry.slug === slug)))}</ul>
  </section>

  <section class="section">
    <div class="section-head"><h2>What it is made of</h2><a href="/about">How we work</a></div>
    <div class="material-grid">${materials.map(
      ([file, name, text]) =>
        html`<figure><img src="/images/textures/${file}.png" width="480" height="480" alt="" loading="lazy"><figcaption><b>${name}</b><span class="muted">${text}</span></figcaption></figure>`,
    )}</div>
  </section>

  <section class="section">
    <div class="promises">
      <div><h3>Thirty years of spare parts</h3><p>Every leg, cover and hinge we ever sold is still in the <a href="/archive">archive</a>.</p></div>
      <div><h3>A hundred days to decide</h3><p>Live with it through one season. If it is not right, we come and take it back.</p></div>
      <div><h3>Delivered by us</h3><p>Our own vans, our own people, at an hour you choose.</p></div>
    </div>
  </section>
</div>`,
  });
}
