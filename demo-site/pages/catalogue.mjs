import { categories, materials, resolveCatalogueQuery, searchProducts, sortNames } from '../catalogue.mjs';
import { html } from '../html.mjs';
import { selectField, textField } from './form-field.mjs';
import { renderPage } from './layout.mjs';
import { productCard } from './product-card.mjs';

function pageLink(query, page) {
  const params = new URLSearchParams();
  if (query.words) params.set('q', query.words);
  if (query.category) params.set('category', query.category);
  for (const material of query.materials) params.append('material', material);
  if (query.maxPrice) params.set('max', String(query.maxPrice));
  if (query.inStock) params.set('stock', '1');
  if (query.sort !== 'featured') params.set('sort', query.sort);
  if (page > 1) params.set('page', String(page));
  const text = params.toString();
  return text ? `/catalogue?${text}` : '/catalogue';
}

function filters(query) {
  const radio = (id, name) =>
    html`<label class="tick"><input type="radio" name="category" value="${id}"${query.category === id && html` checked`}>${name}</label>`;
  return html`<form class="filters" id="filters" action="/catalogue" method="get">
  ${textField({ id: 'search', name: 'q', label: 'Search', type: 'search', value: query.words, maxlength: 60 })}
  <fieldset><legend>Kind</legend><div class="ticks">${radio('', 'Everything')}${categories.map(({ id, name }) => radio(id, name))}</div></fieldset>
  <fieldset><legend>Material</legend><div class="ticks">${materials.map(
    ({ id, name }) =>
      html`<label class="tick"><input type="checkbox" name="material" value="${id}"${query.materials.includes(id) && html` checked`}>${name}</label>`,
  )}</div></fieldset>
  ${textField({ id: 'max-price', name: 'max', label: 'Up to, in euros', type: 'number', min: 50, max: 5000, step: 10, inputmode: 'numeric', value: query.maxPrice ?? '' })}
  ${selectField({ id: 'sort', label: 'Sort by', choices: Object.entries(sortNames), value: query.sort })}
  <label class="tick"><input type="checkbox" name="stock" value="1"${query.inStock && html` checked`}>Ready to deliver</label>
  <div class="button-row"><button class="button small-button">Show</button><a class="button quiet small-button" href="/catalogue">Clear</a></div>
</form>`;
}

export function renderCatalogue(visit) {
  const query = resolveCatalogueQuery(visit.url.searchParams);
  const { found, shown, page, pageCount } = searchProducts(query);
  const category = categories.find((entry) => entry.id === query.category);
  const pages = Array.from({ length: pageCount }, (_, index) => index + 1);
  return renderPage(visit, {
    title: category ? category.name : 'Shop',
    description: 'All sofas, chairs, tables, lamps and shelves by Nordwald.',
    scripts: ['catalogue'],
    content: html`<div class="wrap">
  <div class="page-head">
    <h1>${category ? category.name : 'The collection'}</h1>
    <p id="result-count" role="status">${found} ${found === 1 ? 'piece' : 'pieces'}${query.words && html` for “${query.words}”`}</p>
  </div>
  <div class="catalogue">
    <button class="button quiet small-button filter-button" id="filter-button" type="button" aria-expanded="false" aria-controls="filters">Filter and sort</button>
    ${filters(query)}
    <section aria-labelledby="results-heading">
      <h2 class="visually-hidden" id="results-heading">Results</h2>
      ${shown.length > 0 ? html`<ul class="product-grid" id="results">${shown.map((product, index) => productCard(product, { lazy: index > 5 }))}</ul>` : html`<p class="notice" id="no-results">Nothing fits all of that. Take away a filter, or <a href="/catalogue">see everything</a>.</p>`}
      ${
        pageCount > 1 &&
        html`<nav aria-label="Pages"><ul class="pages">${pages.map(
          (number) =>
            html`<li><a href="${pageLink(query, number)}"${number === page && html` aria-current="page"`} aria-label="Page ${number}">${number}</a></li>`,
        )}${page < pageCount && html`<li><a rel="next" href="${pageLink(query, page + 1)}">Next</a></li>`}</ul></nav>`
      }
    </section>
  </div>
</div>`,
  });
}
