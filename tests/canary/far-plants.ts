import type { LatePlant } from './late-plants.ts';

/** Secrets that come later, in style sheets, shadow roots, frames, and where a page keeps things out of sight. */

const first = '<p>Text</p>';

const styles: LatePlant[] = [
  {
    place: 'rule inserted',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const { sheet } = element.firstElementChild as HTMLStyleElement;
      sheet?.insertRule(`.none::after{content:"${secret}"}`);
    },
  },
  {
    place: 'declaration of a rule',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const rule = (element.firstElementChild as HTMLStyleElement).sheet?.cssRules[0] as CSSStyleRule;
      rule.style.setProperty('content', `"${secret}"`);
    },
  },
  {
    place: 'custom property of a rule',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const rule = (element.firstElementChild as HTMLStyleElement).sheet?.cssRules[0] as CSSStyleRule;
      rule.style.setProperty('--owner', `"${secret}"`);
    },
  },
  {
    place: 'address in a rule',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const { sheet } = element.firstElementChild as HTMLStyleElement;
      sheet?.insertRule(`.none{background:url(/image.svg?${secret})}`);
    },
  },
  {
    place: 'text of a style element',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const style = element.firstElementChild as Element;
      style.textContent = `.none{content:"${secret}"} /* ${secret} */`;
    },
  },
  {
    place: 'text node of a style element',
    html: '<style>.none{color:red}</style>',
    act(element, secret) {
      const text = element.firstElementChild?.firstChild as Text;
      text.data = `.none{content:"${secret}"}`;
    },
  },
  {
    place: 'style element added',
    html: first,
    act(element, secret) {
      const style = document.createElement('style');
      style.textContent = `.none{--a:"${secret}"}`;
      element.append(style);
    },
  },
  {
    place: 'style sheet linked',
    html: first,
    act(element, secret) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `/style.css?${secret}`;
      element.append(link);
    },
  },
  {
    place: 'adopted style sheet',
    html: first,
    act(_element, secret) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.none::after{content:"${secret}"}`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
  },
  {
    place: 'adopted style sheet replaced',
    html: first,
    act(_element, secret) {
      const sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      sheet.replaceSync(`.none::after{content:"${secret}"}`);
    },
  },
  {
    place: 'custom property of an element',
    html: first,
    act: (element, secret) => element.style.setProperty('--name', `"${secret}"`),
  },
  {
    place: 'background of an element',
    html: first,
    act(element, secret) {
      element.style.backgroundImage = `url("/image.svg?${secret}")`;
    },
  },
  {
    place: 'style attribute',
    html: first,
    act: (element, secret) => element.setAttribute('style', `--a:"${secret}";content:"${secret}"`),
  },
  {
    place: 'animation',
    html: first,
    act: (element, secret) => void element.animate([{ content: `"${secret}"` }, { content: '""' }], 10),
  },
];

const trees: LatePlant[] = [
  {
    place: 'image address changed',
    html: '<img src="/image.svg">',
    act(element, secret) {
      (element.firstElementChild as HTMLImageElement).src = `/image.svg?${secret}`;
    },
  },
  {
    place: 'comment added',
    html: first,
    act: (element, secret) => element.append(document.createComment(secret)),
  },
  {
    place: 'attribute with a secret name',
    html: first,
    act: (element, secret) => element.setAttribute(secret, '1'),
  },
  {
    place: 'SVG title added',
    html: '<svg></svg>',
    act(element, secret) {
      const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
      title.textContent = secret;
      element.firstElementChild?.append(title);
    },
  },
  {
    place: 'SVG link set',
    html: '<svg><a><circle r="3"/></a></svg>',
    act: (element, secret) =>
      element.querySelector('a')?.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', `/${secret}`),
  },
  {
    place: 'shadow root attached to a masked host',
    html: '<div data-rapport-mask></div>',
    act(element, secret) {
      (element.firstElementChild as Element).attachShadow({ mode: 'open' }).append(secret);
    },
  },
  {
    place: 'masked text of a new shadow root',
    html: '<div></div>',
    act(element, secret) {
      const root = (element.firstElementChild as Element).attachShadow({ mode: 'open' });
      root.innerHTML = `<p data-rapport-mask>${secret}</p><input value="${secret}" title="${secret}">`;
    },
  },
  {
    place: 'closed shadow root',
    html: '<div></div>',
    act(element, secret) {
      (element.firstElementChild as Element).attachShadow({ mode: 'closed' }).append(secret);
    },
  },
  {
    place: 'slotted into a masked part',
    html: '<div></div>',
    act(element, secret) {
      const host = element.firstElementChild as Element;
      host.attachShadow({ mode: 'open' }).innerHTML = '<div data-rapport-mask><slot></slot></div>';
      host.append(secret);
    },
  },
  {
    place: 'adopted style sheet of a shadow root',
    html: '<div></div>',
    act(element, secret) {
      const root = (element.firstElementChild as Element).attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.none::after{content:"${secret}"}`);
      root.adoptedStyleSheets = [sheet];
    },
  },
  {
    place: 'custom element that fills itself',
    html: first,
    act(element, secret) {
      const name = `late-${Math.random().toString(36).replace(/\W|\d/g, '')}`;
      customElements.define(
        name,
        class extends HTMLElement {
          connectedCallback() {
            this.title = secret;
            this.attachShadow({ mode: 'open' }).innerHTML = `<input value="${secret}">`;
          }
        },
      );
      element.append(document.createElement(name));
    },
  },
  {
    place: 'text of a masked frame',
    html: '<iframe data-rapport-mask></iframe>',
    act: (element, secret) =>
      (element.firstElementChild as HTMLIFrameElement).contentDocument?.body.append(secret),
  },
  {
    place: 'field of a frame',
    html: '<iframe></iframe>',
    act(element, secret) {
      const inner = (element.firstElementChild as HTMLIFrameElement).contentDocument as Document;
      inner.body.innerHTML = `<input value="${secret}" placeholder="${secret}"><p title="${secret}">Text</p>`;
    },
  },
  {
    place: 'frame that is designed',
    html: '<iframe></iframe>',
    act(element, secret) {
      const inner = (element.firstElementChild as HTMLIFrameElement).contentDocument as Document;
      inner.designMode = 'on';
      inner.body.append(secret);
    },
  },
  {
    place: 'srcdoc set later',
    html: '<iframe></iframe>',
    act(element, secret) {
      const frame = element.firstElementChild as HTMLIFrameElement;
      frame.srcdoc = `<input value="${secret}"><p title="${secret}">Text</p>`;
    },
  },
  {
    place: 'address of a frame',
    html: '<iframe></iframe>',
    act(element, secret) {
      (element.firstElementChild as HTMLIFrameElement).src = `/empty.html?${secret}`;
    },
  },
];

/** Nothing of these is part of the page. */
const unseen: LatePlant[] = [
  {
    place: 'cookie',
    html: '',
    act: (_element, secret) => Object.assign(document, { cookie: `owner=${secret}` }),
  },
  { place: 'local storage', html: '', act: (_element, secret) => localStorage.setItem('owner', secret) },
  { place: 'session storage', html: '', act: (_element, secret) => sessionStorage.setItem('owner', secret) },
  {
    place: 'name of the window',
    html: '',
    act(_element, secret) {
      window.name = secret;
    },
  },
  { place: 'console', html: '', act: (_element, secret) => console.info(secret) },
  { place: 'warning on the console', html: '', act: (_element, secret) => console.warn(secret) },
  { place: 'request of the page', html: '', act: (_element, secret) => void fetch(`/empty.html?${secret}`) },
  {
    place: 'header of a request',
    html: '',
    act: (_element, secret) => void fetch('/empty.html', { headers: { authorization: secret } }),
  },
  {
    place: 'error of the page',
    html: '',
    act(_element, secret) {
      setTimeout(() => {
        throw new Error(secret);
      });
    },
  },
  {
    place: 'rejection of the page',
    html: '',
    act: (_element, secret) => void Promise.reject(new Error(secret)),
  },
  { place: 'message of the page', html: '', act: (_element, secret) => window.postMessage(secret, '*') },
  {
    place: 'state of the history',
    html: '',
    act: (_element, secret) => history.replaceState({ secret }, ''),
  },
  {
    place: 'global',
    html: '',
    act: (_element, secret) => void Object.assign(window, { dataLayer: [{ secret }] }),
  },
  {
    place: 'drawn on a canvas',
    html: '<canvas></canvas>',
    act: (element, secret) =>
      (element.firstElementChild as HTMLCanvasElement).getContext('2d')?.fillText(secret, 0, 20),
  },
  {
    place: 'selected text of a masked part',
    html: '<p data-rapport-mask></p>',
    act(element, secret) {
      element.firstElementChild?.append(secret);
      getSelection()?.selectAllChildren(element.firstElementChild as Element);
    },
  },
];

/** Where the address and the title say too much. In this order: each leaves its address behind for the next ones. */
export const addressPlants: readonly LatePlant[] = [
  {
    place: 'query value',
    html: '',
    act: (_element, secret) => history.pushState({}, '', `?account=${secret}`),
  },
  {
    place: 'query without a name',
    html: '',
    act: (_element, secret) => history.pushState({}, '', `?${secret}`),
  },
  {
    place: 'name of a query value',
    html: '',
    shape: 'email',
    act: (_element, secret) => history.pushState({}, '', `?${secret}=1`),
  },
  {
    place: 'fragment',
    html: '',
    act(_element, secret) {
      location.hash = secret;
    },
  },
  {
    place: 'key in the path',
    html: '',
    shape: 'key',
    act: (_element, secret) => history.pushState({}, '', `/in/${secret}/x`),
  },
  {
    place: 'e-mail in the path',
    html: '',
    shape: 'email',
    act: (_element, secret) => history.pushState({}, '', `/in/${secret}`),
  },
  {
    place: 'encoded e-mail in the path',
    html: '',
    shape: 'email',
    act: (_element, secret) =>
      history.pushState({}, '', `/in/${encodeURIComponent(encodeURIComponent(secret))}`),
  },
  {
    place: 'JWT in the path',
    html: '',
    shape: 'jwt',
    act: (_element, secret) => history.replaceState({}, '', `/in/${secret}`),
  },
  {
    place: 'card in the path',
    html: '',
    shape: 'card in one',
    act: (_element, secret) => history.replaceState({}, '', `/in/${secret}`),
  },
  {
    place: 'e-mail in the title',
    html: '',
    shape: 'email',
    act(_element, secret) {
      document.title = `Inbox of ${secret}`;
    },
  },
  {
    place: 'card in the title',
    html: '',
    shape: 'card',
    act(_element, secret) {
      document.title = `Card ${secret}`;
    },
  },
  {
    place: 'title masked by a mark',
    html: '',
    act(_element, secret) {
      document.querySelector('title')?.setAttribute('data-rapport-mask', '');
      document.title = secret;
    },
  },
  {
    place: 'text of a path with a rule',
    html: '',
    act(element, secret) {
      history.pushState({}, '', '/private/balance');
      const balance = document.createElement('p');
      balance.className = 'balance';
      balance.textContent = secret;
      element.append(balance);
    },
  },
];

export const farPlants: readonly LatePlant[] = [...styles, ...trees, ...unseen];
