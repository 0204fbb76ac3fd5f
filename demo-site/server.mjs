import { createHash, randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { addToCart, cartKey, changeLine, describeCart } from './cart.mjs';
import { findProduct } from './catalogue.mjs';
import { productPicture, scenePicture } from './illustration.mjs';
import { renderAbout } from './pages/about.mjs';
import { defaultAccount, renderAccount } from './pages/account.mjs';
import { renderArchive } from './pages/archive.mjs';
import { renderCart } from './pages/cart.mjs';
import { renderCatalogue } from './pages/catalogue.mjs';
import { renderCheckout, renderOrdered } from './pages/checkout.mjs';
import { renderConfigurator } from './pages/configurator.mjs';
import { renderHome } from './pages/home.mjs';
import { renderProblem } from './pages/problem.mjs';
import { renderProduct } from './pages/product.mjs';
import { documents, renderSecure, securePolicy } from './pages/secure.mjs';
import { renderShowroom } from './pages/showroom.mjs';
import { renderStoreMap } from './pages/store-map.mjs';
import { renderVisitUs } from './pages/visit-us.mjs';
import { checkoutErrors } from './public/js/checkout-rules.js';
import { parsePlace } from './public/js/configurator-model.js';
import { findPublicFile } from './public-files.mjs';
import { createSessions } from './sessions.mjs';

/** Longest form the shop takes; its own longest is the checkout, under 2 KB. */
const maxFormBytes = 32 * 1024;

/** `no-cache`, not `no-store`: pages without secrets may come back from the browser's back/forward cache. */
const page = (markup, { status = 200, headers = {} } = {}) => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache', ...headers },
  body: markup.toString(),
});

const privatePage = (markup, { status = 200, headers = {} } = {}) =>
  page(markup, { status, headers: { 'cache-control': 'no-store', ...headers } });

const redirect = (location) => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
});

const json = (value) => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

function problem(visit, status, title, words) {
  return page(renderProblem(visit, { title, words }), { status });
}

function notFound(visit) {
  return problem(visit, 404, 'This page has moved out', 'It may have been sold, renamed or never existed.');
}

function picture(svg) {
  const etag = `"${createHash('sha1').update(svg).digest('base64url').slice(0, 16)}"`;
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400', etag },
    body: svg,
  };
}

function showProductPicture(visit, [slug, finish]) {
  const product = findProduct(slug);
  if (!product?.finishes.includes(finish)) return notFound(visit);
  return picture(productPicture(product, finish));
}

function showScene(visit, [name]) {
  const svg = scenePicture(name);
  return svg === null ? notFound(visit) : picture(svg);
}

function showConfigurator(visit) {
  const place = parsePlace(visit.url.pathname);
  return place ? page(renderConfigurator(visit, place)) : notFound(visit);
}

function showProduct(visit, [slug]) {
  const product = findProduct(slug);
  return product ? page(renderProduct(visit, product)) : notFound(visit);
}

function showSecure(visit) {
  const nonce = randomBytes(16).toString('base64');
  const policy = securePolicy({ ...visit.shop, nonce });
  visit.nonce = nonce;
  return privatePage(renderSecure(visit), { headers: { 'content-security-policy': policy } });
}

function showDocument(visit, [id]) {
  const found = documents.find((entry) => entry.id === id);
  return found ? json(found.details) : notFound(visit);
}

function showCheckout(visit) {
  const session = visit.openSession();
  // A demo has no dead ends: whoever opens the checkout first finds two things in the cart.
  if (session.cart.size === 0) {
    addToCart(session.cart, 'odda-armchair:ochre', '1');
    addToCart(session.cart, 'luma-arc-lamp:brass', '1');
  }
  return privatePage(renderCheckout(visit));
}

function takeCartItem(visit, _, form) {
  const key = cartKey({
    slug: form.get('slug'),
    finish: form.get('finish'),
    configuration: form.get('configuration'),
  });
  if (key === null) return problem(visit, 422, 'We do not sell that', 'It may have left the collection.');
  addToCart(visit.openSession().cart, key, form.get('quantity'));
  return redirect(`/cart?added=${encodeURIComponent(key)}`);
}

function takeCartLine(visit, _, form) {
  const { cart } = visit.openSession();
  changeLine(cart, form.get('key') ?? '', form.has('remove') ? '0' : form.get('quantity'));
  return redirect('/cart');
}

function takeAccount(visit, _, form) {
  const text = (name, maxLength) => (form.get(name) ?? '').trim().slice(0, maxLength);
  visit.openSession().account = {
    name: text('name', 80) || defaultAccount.name,
    email: text('email', 120) || defaultAccount.email,
    birthday: /^\d{4}-\d{2}-\d{2}$/.test(text('birthday', 10)) ? text('birthday', 10) : '',
    phone: text('phone', 30),
    newsletter: form.has('newsletter'),
    contact: ['email', 'phone', 'sms'].includes(form.get('contact')) ? form.get('contact') : 'email',
    note: text('note', 300),
  };
  return redirect('/account?saved=1');
}

function takeOrder(visit, _, form) {
  const session = visit.openSession();
  const { cardNumber, cardExpiry, cardCvc, oneTimeCode, csrf, ...kept } = Object.fromEntries(form);
  if (csrf !== session.csrf)
    return privatePage(renderCheckout(visit, { values: kept, expired: true }), { status: 403 });
  const errors = checkoutErrors({ ...kept, cardNumber, cardExpiry, cardCvc, oneTimeCode }, Date.now());
  if (Object.keys(errors).length > 0) {
    return privatePage(renderCheckout(visit, { values: kept, errors }), { status: 422 });
  }
  session.cart.clear();
  session.lastOrder = `NW-${randomInt(100_000, 1_000_000)}`;
  return redirect('/checkout/thanks');
}

/** `[pattern, handler]`: a handler gets the visit, what the pattern caught and, for a POST, the form. */
const routes = {
  GET: [
    [/^\/$/, (visit) => page(renderHome(visit))],
    [/^\/catalogue$/, (visit) => page(renderCatalogue(visit))],
    [/^\/product\/([a-z-]+)$/, showProduct],
    [/^\/cart$/, (visit) => page(renderCart(visit))],
    [/^\/checkout$/, showCheckout],
    [/^\/checkout\/thanks$/, (visit) => privatePage(renderOrdered(visit))],
    [/^\/configurator(?:\/.*)?$/, showConfigurator],
    [/^\/account$/, (visit) => privatePage(renderAccount(visit))],
    [/^\/showroom$/, (visit) => page(renderShowroom(visit))],
    [/^\/visit-us$/, (visit) => page(renderVisitUs(visit))],
    [/^\/frames\/store-map$/, () => page(renderStoreMap())],
    [/^\/secure$/, showSecure],
    [/^\/secure\/documents\/([a-z0-9-]+)$/, showDocument],
    [/^\/archive$/, (visit) => page(renderArchive(visit))],
    [/^\/about$/, (visit) => page(renderAbout(visit))],
    [/^\/images\/products\/([a-z-]+)\.([a-z-]+)\.svg$/, showProductPicture],
    [/^\/images\/scenes\/([a-z-]+)\.svg$/, showScene],
  ],
  POST: [
    [/^\/cart$/, takeCartItem],
    [/^\/cart\/line$/, takeCartLine],
    [/^\/account$/, takeAccount],
    [/^\/checkout$/, takeOrder],
    [/^\/visit-us$/, () => redirect('/visit-us?booked=1')],
  ],
};

function matchRoute(list, pathname) {
  for (const [pattern, handler] of list) {
    const match = pattern.exec(pathname);
    if (match) return { handler, caught: match.slice(1) };
  }
  return null;
}

/** The form a POST carries, or null when it is not a form or is too long. */
async function readForm(request) {
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return null;
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > maxFormBytes) return null;
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

/** A form sent by another site's page says so in `Origin`; browsers that send none are let through. */
function isFromElsewhere(request) {
  const { origin, host } = request.headers;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}

async function answerFile(request, pathname) {
  const file = await findPublicFile(pathname);
  if (!file) return null;
  const headers = { 'content-type': file.type, 'cache-control': file.cacheControl, etag: file.etag };
  if (request.headers['if-none-match'] === file.etag) return { status: 304, headers, body: '' };
  return { status: 200, headers, body: await file.read() };
}

async function answer(request, visit) {
  const { pathname } = visit.url;
  if (request.method === 'POST') {
    const route = matchRoute(routes.POST, pathname);
    if (!route) return notFound(visit);
    if (isFromElsewhere(request))
      return problem(visit, 403, 'Not from here', 'This form was sent by another site.');
    const form = await readForm(request);
    if (!form) return problem(visit, 413, 'That was too much', 'Please send the form again.');
    return route.handler(visit, route.caught, form);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const refused = problem(visit, 405, 'Not like this', 'This page can only be read.');
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD, POST' } };
  }
  const route = matchRoute(routes.GET, pathname);
  if (route) return route.handler(visit, route.caught);
  return (await answerFile(request, pathname)) ?? notFound(visit);
}

function createVisit(url, shop, sessions, cookieHeader) {
  const visit = {
    url,
    shop,
    nonce: null,
    cookie: null,
    session: sessions.find(cookieHeader),
    get cart() {
      return describeCart(visit.session);
    },
    get cartCount() {
      return visit.cart.count;
    },
    /** The visitor's session, started if there is none. */
    openSession() {
      if (!visit.session) {
        const started = sessions.start();
        visit.session = started.session;
        visit.cookie = started.cookie;
      }
      return visit.session;
    },
  };
  return visit;
}

const safetyHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

function send(response, { status, headers, body }, cookie) {
  const all = { ...safetyHeaders, ...headers };
  if (cookie) all['set-cookie'] = cookie;
  if (status !== 304) all['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, all);
  response.end(body);
}

/**
 * A customer's shop on its own origin. It knows Rapport by one script tag and nothing else.
 *
 * `port` 0 takes a free one; `rapportOrigin` such as `http://localhost:4000`; `siteKey` such as `pk_demo`;
 * `log(line)` hears about failures; `liveReload` is the address of an event stream that makes pages reload.
 * Resolves with `{ origin, port, close() }`; rejects with the listen error (`EADDRINUSE`) when the port is taken.
 */
export async function startDemoSite({
  port = 4001,
  rapportOrigin = 'http://localhost:4000',
  siteKey = 'pk_demo',
  log = () => {},
  liveReload = null,
} = {}) {
  const shop = { rapportOrigin: new URL(rapportOrigin).origin, siteKey, liveReload };
  const sessions = createSessions();

  const server = createServer(async (request, response) => {
    try {
      // The path is taken as it is: `//host` must not become another host.
      const url = new URL(`http://shop${request.url.startsWith('/') ? request.url : '/'}`);
      const visit = createVisit(url, shop, sessions, request.headers.cookie);
      const reply = await answer(request, visit);
      if (!request.complete && request.method === 'POST') response.setHeader('connection', 'close');
      send(response, reply, visit.cookie);
    } catch (error) {
      log(`demo site: ${request.method} ${request.url} failed: ${error.stack}`);
      if (response.headersSent) response.destroy();
      else
        send(response, {
          status: 500,
          headers: { 'content-type': 'text/plain' },
          body: 'Something broke.\n',
        });
    }
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });

  const taken = server.address().port;
  let closing = null;
  return {
    origin: `http://localhost:${taken}`,
    port: taken,
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

async function main() {
  const port = Number(process.env.DEMO_PORT ?? 4001);
  const settings = {
    port,
    rapportOrigin: process.env.RAPPORT_ORIGIN || 'http://localhost:4000',
    siteKey: process.env.RAPPORT_SITE_KEY || 'pk_demo',
    liveReload: process.env.DEMO_LIVE_RELOAD || null,
    log: (line) => console.error(line),
  };
  let site;
  try {
    site = await startDemoSite(settings);
  } catch (error) {
    const why =
      error.code === 'EADDRINUSE' ? `port ${port} is taken; set DEMO_PORT to another` : error.message;
    console.error(`demo site: ${why}`);
    process.exit(1);
  }
  console.log(`demo site: ${site.origin} (Rapport at ${settings.rapportOrigin})`);
  const stop = () => site.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
