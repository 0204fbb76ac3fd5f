import { element, type RecordedNode, svg, text } from './recorded-page.ts';

/** What a payload would do if it could. Both tell their number, so that a hit says who caused it. */
export interface Evil {
  /** An address on a host that the visitor names. */
  url: string;
  /** A script that leaves a mark, asks that host and opens a dialog. */
  code: string;
}

export interface NodePayload {
  name: string;
  node(evil: Evil): RecordedNode;
}

type Make = (evil: Evil) => RecordedNode;
const named = (kind: string, all: Record<string, Make>): NodePayload[] =>
  Object.entries(all).map(([name, node]) => ({ name: `${kind}: ${name}`, node }));

/** Ways to write an address that runs or loads something. */
export const addresses: Record<string, (evil: Evil) => string> = {
  plain: ({ url }) => url,
  'without a protocol': ({ url }) => url.replace('http:', ''),
  'with backslashes': ({ url }) => url.replaceAll('/', '\\'),
  'with a line break': ({ url }) => `ht\ntp${url.slice(4)}`,
  'with leading control signs': ({ url }) => `\u0001\u0000 ${url}`,
  'with a user': ({ url }) => url.replace('//', '//rapport@'),
  'of our own host': ({ url }) => `/api/evil${new URL(url).pathname}`,
  relative: ({ url }) => `evil${new URL(url).pathname}`,
  'a socket': ({ url }) => url.replace('http', 'ws'),
  ftp: ({ url }) => url.replace('http', 'ftp'),
  'a file': () => 'file:///etc/passwd?evil',
  script: ({ code }) => `javascript:${code}`,
  'script in mixed case': ({ code }) => `JaVaScRiPt:${code}`,
  'script with a tab': ({ code }) => `java\tscript:${code}`,
  'script with a line break': ({ code }) => `java\r\nscript:${code}`,
  'script after control signs': ({ code }) => `\u0001\u001f javascript:${code}`,
  'script with entities': ({ code }) => `&#106;avascript:${code}`,
  'script in a comment': ({ code }) => `javascript:/*-->*/${code}//`,
  vbscript: ({ code }) => `vbscript:${code}`,
  'a data document': ({ code }) => `data:text/html,<script>${code}</script>`,
  'a data document in base64': ({ code }) =>
    `data:text/html;base64,${Buffer.from(`<script>${code}</script>`).toString('base64')}`,
  'a data document that looks like an image': ({ code }) =>
    `data:image/png,text/html,<script>${code}</script>`,
  'a data image with script': ({ code, url }) =>
    `data:image/svg+xml,${encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" onload="${code}"><script>${code}</script><image href="${url}"/></svg>`,
    )}`,
  'a data document of XML': ({ code }) =>
    `data:application/xhtml+xml,<html xmlns="http://www.w3.org/1999/xhtml"><script>${code}</script></html>`,
  'a blob': () => 'blob:http://localhost/evil',
  'a document of ours': () => 'about:srcdoc?evil',
  'the source of a page': ({ url }) => `view-source:${url}`,
  'an asset that is none': ({ url }) => `rapport-asset:1 ${url}`,
  'an asset with a quote': ({ url }) => `rapport-asset:1");background:url("${url}`,
};

/** Where an address stands. */
const carriers: Record<string, (address: string) => RecordedNode> = {
  'a href': (href) => element('a', { href, target: '_top' }, [text('link')]),
  'img src': (src) => element('img', { src }),
  'img srcset': (srcset) => element('img', { srcset: `${srcset} 1x, ${srcset} 2x` }),
  'iframe src': (src) => element('iframe', { src }),
  'iframe rr_src': (src) => element('iframe', { rr_src: src }),
  'form action': (action) =>
    element('form', { action, method: 'post' }, [element('input', { type: 'submit' })]),
  'button formaction': (formaction) => element('button', { formaction, type: 'submit' }),
  'input src': (src) => element('input', { type: 'image', src }),
  'video poster': (poster) => element('video', { poster, src: poster, autoplay: true }),
  'audio src': (src) => element('audio', { src, autoplay: true }, [element('source', { src })]),
  'link href': (href) => element('link', { rel: 'stylesheet', href }),
  'base href': (href) => element('base', { href }),
  'embed src': (src) => element('embed', { src }),
  'object data': (data) => element('object', { data }),
  'script src': (src) => element('script', { src }),
  'SVG a': (href) => svg('svg', {}, [svg('a', { href, 'xlink:href': href }, [svg('rect', { width: '9' })])]),
  'SVG image': (href) =>
    svg('svg', {}, [svg('image', { href, 'xlink:href': href, width: '9', height: '9' })]),
  'SVG use': (href) => svg('svg', {}, [svg('use', { href: `${href}#a`, 'xlink:href': `${href}#a` })]),
  'SVG script': (href) => svg('svg', {}, [svg('script', { href, 'xlink:href': href })]),
  'SVG filter image': (href) =>
    svg('svg', {}, [
      svg('filter', { id: 'f' }, [svg('feImage', { href })]),
      svg('rect', { filter: 'url(#f)' }),
    ]),
  'SVG paint': (href) => svg('svg', {}, [svg('rect', { fill: `url(${href})`, filter: `url('${href}')` })]),
  'SVG set': (to) => svg('svg', {}, [svg('a', {}, [svg('set', { attributeName: 'href', to, begin: '0s' })])]),
  'MathML link': (href) => element('math', { href }, [element('mi', { 'xlink:href': href }, [text('x')])]),
  'custom element': (src) => element('x-card', { src, href: src, action: src, data: src }),
  'style attribute': (url) => element('p', { style: `background:url("${url}")` }, [text('styled')]),
  'table background': (background) => element('table', { background }),
  'canvas picture': (url) => element('canvas', { rr_dataURL: url }),
  'image picture': (url) => element('img', { rr_dataURL: url }),
};

/** Each way in each place. */
const inAttributes: NodePayload[] = Object.entries(carriers).flatMap(([place, make]) =>
  Object.entries(addresses).map(([way, address]) => ({
    name: `${place}: ${way}`,
    node: (evil) => make(address(evil)),
  })),
);

const handlers =
  'onload onerror onclick onfocus onblur onmouseover onmouseenter onpointerenter onpointerdown ontoggle onanimationstart ' +
  'onanimationend ontransitionend onscroll onresize onwheel oninput onchange onsubmit onbeforeunload onhashchange ' +
  'onmessage onpageshow onstorage oncanplay onloadstart onseeked onbegin onend onrepeat onslotchange oncopy ONLOAD oNeRrOr';
const onElements: NodePayload[] = handlers.split(' ').flatMap((name) =>
  ['body', 'img', 'details', 'x-card'].map((tag) => ({
    name: `handler: ${name} of ${tag}`,
    node: ({ code }) =>
      element(tag, { [name]: code, src: 'data:,', open: true, autofocus: true, tabindex: '0' }),
  })),
);

const elements = named('element', {
  script: ({ code }) => element('script', {}, [text(code)]),
  'upper-case script': ({ code }) => element('SCRIPT', { type: 'module' }, [text(code)]),
  'script with a prefix': ({ code }) => element('svg:script', {}, [text(code)]),
  'script with spaces': ({ code }) => element(' script ', {}, [text(code)]),
  'script with a zero': ({ code }) => element('scr\u0000ipt', {}, [text(code)]),
  'SVG script': ({ code }) => svg('svg', {}, [svg('script', {}, [text(code)])]),
  'script that says it is SVG': ({ code }) => element('script', {}, [text(code)], { isSVG: true }),
  'frame by srcdoc': ({ code, url }) =>
    element('iframe', { srcdoc: `<script>${code}</script><img src="${url}" onerror="${code}">` }),
  'frame by upper-case srcdoc': ({ code }) => element('IFRAME', { SRCDOC: `<script>${code}</script>` }),
  'frame with its sandbox opened': ({ code }) =>
    element('iframe', { sandbox: 'allow-scripts allow-same-origin', srcdoc: `<script>${code}</script>` }),
  'frame set': ({ url }) => element('frameset', {}, [element('frame', { src: url })]),
  portal: ({ url }) => element('portal', { src: url }),
  'fenced frame': ({ url }) => element('fencedframe', { src: url }),
  applet: ({ url }) => element('applet', { code: 'Evil', archive: url, codebase: url }),
  'refresh at once': ({ url }) => element('meta', { 'http-equiv': 'refresh', content: `0;url=${url}` }),
  'refresh to a script': ({ code }) =>
    element('meta', { 'http-equiv': 'Refresh', content: `0;url=javascript:${code}` }),
  'a policy of its own': () =>
    element('meta', { 'http-equiv': 'content-security-policy', content: "script-src 'unsafe-inline' *" }),
  'a cookie': () => element('meta', { 'http-equiv': 'set-cookie', content: 'evil=1' }),
  prefetch: ({ url }) => element('link', { rel: 'prefetch', href: url }),
  preconnect: ({ url }) => element('link', { rel: 'preconnect dns-prefetch', href: url }),
  'module preload': ({ url }) => element('link', { rel: 'modulepreload', href: url }),
  manifest: ({ url }) => element('link', { rel: 'manifest', href: url }),
  icon: ({ url }) => element('link', { rel: 'icon', href: url }),
  'style sheet with text': ({ url }) =>
    element('link', { rel: 'stylesheet', href: url, _cssText: `@import "${url}"` }),
  'speculation rules': ({ url }) =>
    element('script', { type: 'speculationrules' }, [text(`{"prefetch":[{"urls":["${url}"]}]}`)]),
  'import map': ({ url }) => element('script', { type: 'importmap' }, [text(`{"imports":{"a":"${url}"}}`)]),
  'declarative shadow root': ({ url }) =>
    element('template', { shadowrootmode: 'open' }, [element('img', { src: url })]),
  'shadow root': ({ url, code }) =>
    element('div', {}, [{ ...element('img', { src: url, onerror: code }), isShadow: true }], {
      isShadowHost: true,
    }),
  'what noscript holds': ({ url }) => element('noscript', {}, [element('img', { src: url })]),
  'text of noscript': ({ url }) => element('noscript', {}, [text(`<img src="${url}">`)]),
  'text that looks like markup': ({ code }) => element('p', {}, [text(`<img src=x onerror="${code}">`)]),
  'text of a text area': ({ code }) => element('textarea', {}, [text(`</textarea><script>${code}</script>`)]),
  'text of a title': ({ code }) => element('title', {}, [text(`</title><script>${code}</script>`)]),
  'text of a style': ({ code }) => element('style', {}, [text(`</style><script>${code}</script>`)]),
  'plain text': ({ code }) => element('plaintext', {}, [text(`<script>${code}</script>`)]),
  xmp: ({ code }) => element('xmp', {}, [text(`</xmp><script>${code}</script>`)]),
  'MathML that turns into HTML': ({ code }) =>
    element('math', {}, [
      element('annotation-xml', { encoding: 'text/html' }, [element('script', {}, [text(code)])]),
    ]),
  'MathML action': ({ url }) =>
    element('math', {}, [element('maction', { actiontype: `statusline#${url}` })]),
  'SVG in which HTML stands': ({ code }) =>
    svg('svg', {}, [svg('foreignObject', {}, [element('iframe', { srcdoc: `<script>${code}</script>` })])]),
  'SVG handler of an animation': ({ code }) =>
    svg('svg', {}, [svg('animate', { onbegin: code, attributeName: 'x', dur: '1s' })]),
  'SVG animation of a handler': ({ code }) =>
    svg('svg', {}, [svg('a', {}, [svg('set', { attributeName: 'onclick', to: code })])]),
  'SVG animation with values': ({ code }) =>
    svg('svg', {}, [
      svg('a', {}, [svg('animate', { attributeName: 'xlink:href', values: `javascript:${code}` })]),
    ]),
  'SVG style': ({ url }) => svg('svg', {}, [svg('style', {}, [text(`@import url(${url});`)])]),
  'SVG event by XML': ({ code }) => svg('svg', {}, [svg('handler', { 'ev:event': 'load' }, [text(code)])]),
  'SVG cursor': ({ url }) => svg('svg', {}, [svg('cursor', { 'xlink:href': url })]),
  'SVG font': ({ url }) => svg('svg', {}, [svg('font-face-uri', { 'xlink:href': url })]),
  'form that posts itself': ({ url }) =>
    element('form', { action: url, method: 'post', id: 'f' }, [
      element('input', { name: 'a', autofocus: true }),
    ]),
  'form named like a member': () => element('form', {}, [element('input', { name: 'appendChild' })]),
  'image named like a member': () => element('img', { name: 'createElement' }),
  'link with a ping': ({ url }) => element('a', { href: '#', ping: url }, [text('ping')]),
  'link that downloads': ({ url }) => element('a', { href: url, download: 'evil.exe' }, [text('get')]),
  attribution: ({ url }) => element('img', { attributionsrc: url }),
  'video track': ({ url }) => element('video', {}, [element('track', { src: url, default: true })]),
  keygen: ({ url }) => element('keygen', { challenge: url }),
  'background sound': ({ url }) => element('bgsound', { src: url }),
  isindex: ({ url }) => element('isindex', { action: url }),
  'image by its old name': ({ url }) => element('image', { src: url }),
  'open dialog': () => element('dialog', { rr_open_mode: 'modal', open: true }, [text('Sign in again')]),
  popover: () => element('div', { popover: 'manual', rr_open_mode: 'modal' }, [text('over all')]),
  'custom element of ours': ({ code }) =>
    element('rapport-viewer', { onclick: code }, [], { isCustom: true }),
  'built-in made custom': ({ code }) => element('p', { is: 'x-evil', onclick: code }, [], { isCustom: true }),
  'forged mark of ours': () => element('p', { 'data-rapport-blocked': 'box', 'data-rapport-hover': '' }),
  'prototype as an attribute': () => element('p', JSON.parse('{"__proto__":{"x":1},"constructor":"y"}')),
  'attribute with a quote': ({ code }) =>
    element('p', { [`a"onclick="${code}`]: 'x', 'a b': 'x', 'a>': 'x' }),
  'mutation by names of tags': ({ code }) => element(`img src=x onerror=${code}`, {}),
});

export const nodePayloads: readonly NodePayload[] = [...elements, ...onElements, ...inAttributes];
