import { html, raw } from '../html.mjs';

const shopMenu = [
  ['/catalogue', 'Shop'],
  ['/configurator', 'Configurator'],
  ['/showroom', 'Showroom'],
  ['/visit-us', 'Visit us'],
  ['/about', 'About'],
];

const logo = raw(
  '<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#3f5a45"/><path d="M16 5l6 9h-3.4l4.4 7H9l4.4-7H10z" fill="#f4ead9"/><rect x="14.6" y="21" width="2.8" height="6" rx="1" fill="#d9a06b"/></svg>',
);

function nonceOf(visit) {
  return visit.nonce ? html` nonce="${visit.nonce}"` : '';
}

function liveReload(visit) {
  if (!visit.shop.liveReload) return '';
  const url = JSON.stringify(visit.shop.liveReload).replaceAll('<', '\\u003c');
  return html`<script${nonceOf(visit)}>new EventSource(${raw(url)}).onmessage = () => location.reload();</script>`;
}

function menuLink(visit, [href, name]) {
  const { pathname } = visit.url;
  const isHere = pathname === href || pathname.startsWith(`${href}/`);
  return html`<li><a href="${href}"${isHere ? html` aria-current="page"` : ''}>${name}</a></li>`;
}

function header(visit) {
  const count = visit.cartCount;
  return html`<a class="skip" href="#main">Skip to the content</a>
<header class="site-header">
  <div class="notice-bar">Free delivery to the kerb, in nine countries</div>
  <div class="wrap">
    <a class="logo" href="/">${logo}Nordwald</a>
    <button class="menu-button" id="menu-button" type="button" aria-expanded="false" aria-controls="site-menu">Menu</button>
    <nav class="site-menu" id="site-menu" aria-label="Main">
      <ul>${shopMenu.map((entry) => menuLink(visit, entry))}</ul>
      <ul>${menuLink(visit, ['/account', 'Account'])}</ul>
    </nav>
    <a class="cart-link" href="/cart">Cart <span class="cart-count" id="cart-count">${count}</span><span class="visually-hidden">${count === 1 ? 'item' : 'items'}</span></a>
  </div>
</header>`;
}

const footer = html`<footer class="site-footer">
  <div class="wrap">
    <div class="footer-columns">
      <div>
        <a class="logo" href="/">${logo}Nordwald</a>
        <p class="muted">Furniture from the north of the forest, made by sixty-two people in Lauenburg since 1994.</p>
      </div>
      <div>
        <h2>Shop</h2>
        <ul>
          <li><a href="/catalogue?category=sofas">Sofas</a></li>
          <li><a href="/catalogue?category=chairs">Chairs</a></li>
          <li><a href="/catalogue?category=lighting">Lighting</a></li>
          <li><a href="/configurator">Build your own</a></li>
        </ul>
      </div>
      <div>
        <h2>Service</h2>
        <ul>
          <li><a href="/account">Your account</a></li>
          <li><a href="/visit-us" data-rapport-open="I have a question about a delivery.">Write to us</a></li>
          <li><a href="/secure">Documents and payment security</a></li>
          <li><a href="/archive">Spare parts archive</a></li>
        </ul>
      </div>
      <div>
        <h2>Nordwald</h2>
        <ul>
          <li><a href="/about">About us</a></li>
          <li><a href="/visit-us">Stores</a></li>
          <li><a href="/showroom">Showroom</a></li>
        </ul>
      </div>
    </div>
    <p class="colophon">Nordwald is an invented shop. Nothing is charged and nothing is delivered.</p>
  </div>
</footer>`;

/**
 * One whole page. `styles` and `scripts` name files in public/css and public/js; `head` is more markup for the head.
 * The first script is the shop's only tie to Rapport.
 */
export function renderPage(visit, { title, description, styles = [], scripts = [], head = '', content }) {
  const { rapportOrigin, siteKey } = visit.shop;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === null ? 'Nordwald, furniture that grows old well' : `${title} · Nordwald`}</title>
<meta name="description" content="${description}">
<meta name="theme-color" content="#faf6ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1b1815" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/images/nordwald.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/css/site.css">
${styles.map((name) => html`<link rel="stylesheet" href="/css/${name}.css">\n`)}${head}<script async src="${rapportOrigin}/widget.js" data-site="${siteKey}"${nonceOf(visit)}></script>
${['site', ...scripts].map((name) => html`<script type="module" src="/js/${name}.js"${nonceOf(visit)}></script>\n`)}${liveReload(visit)}
</head>
<body>
${header(visit)}
<main id="main">
${content}
</main>
${footer}
</body>
</html>
`;
}

/** A document inside a frame: the shop's looks, none of its furniture, and no widget of its own. */
export function renderFrame({ title, styles, scripts, content }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/images/nordwald.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/css/site.css">
${styles.map((name) => html`<link rel="stylesheet" href="/css/${name}.css">\n`)}${scripts.map((name) => html`<script type="module" src="/js/${name}.js"></script>\n`)}</head>
<body>
${content}
</body>
</html>
`;
}
