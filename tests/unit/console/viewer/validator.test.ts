import { describe, expect, it } from 'vitest';
import { createValidator, type Step } from '../../../../console/viewer/validator.ts';

/** A page as rrweb records it: document 1, doctype 2, html 3, head 4, body 5; `inBody` from id 10 on. */
const page = (...inBody: unknown[]) => ({
  type: 2,
  timestamp: 1,
  data: {
    node: {
      type: 0,
      id: 1,
      childNodes: [
        { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
        element(3, 'html', {}, [element(4, 'head'), element(5, 'body', {}, inBody)]),
      ],
    },
    initialOffset: { left: 0, top: 0 },
  },
});

function element(
  id: number,
  tagName: string,
  attributes: object = {},
  childNodes: unknown[] = [],
  extra: object = {},
) {
  return { type: 2, id, tagName, attributes, childNodes, ...extra };
}
const text = (id: number, textContent: unknown) => ({ type: 3, id, textContent });
const change = (data: object) => ({ type: 3, timestamp: 2, data });
const mutation = (data: object) =>
  change({ source: 0, removes: [], adds: [], texts: [], attributes: [], ...data });
const add = (parentId: number, node: unknown, nextId: number | null = null) => ({ parentId, nextId, node });

function check(...events: unknown[]) {
  return createValidator().check(events);
}

function stepsOf(...events: unknown[]): Step[] {
  const checked = check(...events);
  if (!checked.ok) throw new Error(checked.reason);
  return checked.steps;
}

function eventsOf(...events: unknown[]) {
  return stepsOf(...events).flatMap((step) => (step.kind === 'event' ? [step.event] : []));
}

/** All that would reach the Replayer, as text. */
const shown = (...events: unknown[]) => JSON.stringify(eventsOf(...events));

describe('a hostile snapshot', () => {
  const loads = /evil\.example|javascript:|http-equiv|srcdoc|onload|onerror|onclick|import/i;
  const remote = 'https://evil.example/x';
  const svg = { isSVG: true };

  it.each<[string, unknown]>([
    ['a script', element(10, 'script', { src: remote }, [text(11, 'fetch("https://evil.example")')])],
    ['an upper-case script', element(10, 'SCRIPT', { src: remote })],
    ['a script in SVG', element(10, 'script', { 'xlink:href': remote }, [], svg)],
    ['an inline handler', element(10, 'div', { onclick: 'alert("evil.example")' })],
    ['a handler in odd case', element(10, 'div', { oNlOaD: 'evil.example' })],
    ['a handler of SVG animation', element(10, 'animate', { onbegin: 'evil.example' }, [], svg)],
    ['a handler of a custom element', element(10, 'x-card', { onclick: 'evil.example' })],
    ['a handler with a plain word', element(10, 'div', { onclick: 'go' })],
    ['a document for a custom element', element(10, 'x-card', { srcdoc: 'evil.example' })],
    ['an address for a custom element', element(10, 'x-card', { action: remote, background: remote })],
    ['an image of another host', element(10, 'img', { src: remote })],
    ['an image without a protocol', element(10, 'img', { src: '//evil.example/x' })],
    ['an image of our own host', element(10, 'img', { src: '/evil.example' })],
    ['srcset', element(10, 'img', { srcset: `${remote} 2x` })],
    ['srcset after an asset', element(10, 'img', { srcset: `rapport-asset:1 1x, ${remote} 2x` })],
    ['a source of a picture', element(10, 'picture', {}, [element(11, 'source', { srcset: remote })])],
    ['an input image', element(10, 'input', { type: 'image', src: remote })],
    ['lowsrc', element(10, 'img', { lowsrc: remote, dynsrc: remote })],
    ['a data document as image', element(10, 'img', { src: 'data:text/html,<b>evil.example' })],
    ['a frame', element(10, 'iframe', { src: remote })],
    ['a frame by srcdoc', element(10, 'iframe', { srcdoc: '<img src=https://evil.example>' })],
    ['a frame by javascript', element(10, 'iframe', { src: 'javascript:alert(1)' })],
    ['a frame of another origin', element(10, 'iframe', { rr_src: remote })],
    ['a frameset', element(10, 'frame', { src: remote })],
    ['an object', element(10, 'object', { data: remote, type: 'text/html' })],
    ['an embed', element(10, 'embed', { src: remote })],
    ['an applet', element(10, 'applet', { code: 'Evil', archive: remote })],
    ['a portal', element(10, 'portal', { src: remote })],
    ['a fenced frame', element(10, 'fencedframe', { src: remote })],
    ['a base', element(10, 'base', { href: remote })],
    ['a refresh', element(10, 'meta', { 'http-equiv': 'refresh', content: `0;url=${remote}` })],
    ['a style sheet link', element(10, 'link', { rel: 'stylesheet', href: remote })],
    ['a preconnect', element(10, 'link', { rel: 'preconnect', href: remote })],
    ['a manifest', element(10, 'link', { rel: 'manifest', href: remote })],
    ['an import link', element(10, 'link', { rel: 'import', href: remote })],
    ['a link to a page', element(10, 'a', { href: remote, target: '_top', ping: remote, download: 'x' })],
    ['a link by javascript', element(10, 'a', { href: 'javascript:alert(1)' })],
    ['an SVG link', element(10, 'a', { 'xlink:href': 'javascript:alert(1)' }, [], svg)],
    ['a form', element(10, 'form', { action: remote, method: 'post' })],
    ['a button of a form', element(10, 'button', { formaction: remote })],
    ['a video', element(10, 'video', { src: remote, poster: remote, autoplay: true })],
    ['an audio', element(10, 'audio', { src: remote })],
    ['a track', element(10, 'track', { src: remote })],
    ['use of another file', element(10, 'use', { href: `${remote}#a` }, [], svg)],
    ['an SVG image', element(10, 'image', { href: remote }, [], svg)],
    ['a filter image', element(10, 'feImage', { 'xlink:href': remote }, [], svg)],
    ['animation of an address', element(10, 'set', { attributeName: 'href', to: remote }, [], svg)],
    ['a fill by address', element(10, 'rect', { fill: `url(${remote})` }, [], svg)],
    ['a filter by address', element(10, 'rect', { filter: `url(${remote}#f)` }, [], svg)],
    ['a clip path with escapes', element(10, 'rect', { 'clip-path': `u\\72l(${remote})` }, [], svg)],
    ['a table background', element(10, 'table', { background: remote })],
    ['attribution', element(10, 'img', { attributionsrc: remote })],
    ['cite', element(10, 'blockquote', { cite: remote })],
    ['an unknown attribute with an address', element(10, 'div', { futuresrc: remote })],
    ['a namespaced address', element(10, 'div', { 'x:href': remote })],
    ['style with an address', element(10, 'div', { style: `background:url(${remote})` })],
    ['style with a quoted address', element(10, 'div', { style: `background:url("${remote}")` })],
    ['style with escapes', element(10, 'div', { style: `background:\\75 rl(${remote})` })],
    ['style with an image set', element(10, 'div', { style: `background:image-set("${remote}" 1x)` })],
    ['a style sheet with an address', element(10, 'style', { _cssText: `a{background:url(${remote})}` })],
    ['an import', element(10, 'style', { _cssText: `@import "${remote}";a{}` })],
    ['an import with escapes', element(10, 'style', { _cssText: `@\\69mport url(${remote});a{}` })],
    ['an import in upper case', element(10, 'style', { _cssText: `@IMPORT'${remote}';` })],
    ['a font', element(10, 'style', { _cssText: `@font-face{font-family:x;src:url(${remote})}` })],
    ['style text in a child', element(10, 'style', {}, [text(11, `a{background:url('${remote}')}`)])],
    [
      'a link with style text',
      element(10, 'link', { _cssText: `a{cursor:url(${remote}),auto}`, href: remote }),
    ],
    ['behaviour', element(10, 'div', { style: `behavior:url(${remote})` })],
    ['a binding', element(10, 'div', { style: `-moz-binding:url(${remote}#x)` })],
    ['a template', element(10, 'template', {}, [element(11, 'img', { src: remote })])],
    ['what noscript holds', element(10, 'noscript', {}, [element(11, 'img', { src: remote })])],
    ['a comment', { type: 5, id: 10, textContent: 'evil.example' }],
    ['a canvas picture of another host', element(10, 'canvas', { rr_dataURL: remote })],
    ['an image data URL of another host', element(10, 'img', { rr_dataURL: remote })],
    [
      'a shadow tree',
      element(10, 'div', {}, [{ ...element(11, 'img', { src: remote }), isShadow: true }], {
        isShadowHost: true,
      }),
    ],
  ])('loads and runs nothing: %s', (_name, node) => {
    expect(shown(page(node))).not.toMatch(loads);
  });

  it.each<[string, unknown]>([
    ['no list', { type: 2 }],
    ['a number', 7],
    ['text', 'x'],
    ['nothing', null],
    ['an event that is no object', [7]],
    ['an event without a type', [{ data: {} }]],
    ['a snapshot without data', [{ type: 2 }]],
    ['a snapshot without a node', [{ type: 2, data: {} }]],
    ['a snapshot whose root is no document', [{ type: 2, data: { node: element(1, 'html') } }]],
    ['a document without html', [{ type: 2, data: { node: { type: 0, id: 1, childNodes: [] } } }]],
    ['an unknown node type', [page({ type: 9, id: 10 })]],
    ['an id that is text', [page({ ...element(10, 'p'), id: '10' })]],
    ['an id of 0', [page(element(0, 'p'))]],
    ['a negative id', [page(element(-5, 'p'))]],
    ['a fractional id', [page(element(1.5, 'p'))]],
    ['an enormous id', [page(element(2 ** 40, 'p'))]],
    ['an id used twice', [page(element(10, 'p'), element(10, 'p'))]],
    ['a node with its parent’s id', [page(element(5, 'p'))]],
    ['children that are no list', [page(element(10, 'p', {}, { length: 1e9 } as never))]],
    ['attributes that are a list', [page(element(10, 'p', ['x']))]],
    ['a tag name that is an object', [page({ ...element(10, 'p'), tagName: { toLowerCase: 1 } })]],
    ['text that is an object', [page(text(10, { toString: 1 }))]],
    [
      'a node inside itself',
      [page(element(10, 'div', {}, [element(11, 'div')])), mutation({ adds: [add(11, element(10, 'div'))] })],
    ],
    ['adds that are no list', [page(), mutation({ adds: 'x' })]],
    ['an add without a node', [page(), mutation({ adds: [{ parentId: 5 }] })]],
    [
      'an add whose parent is text',
      [page(), mutation({ adds: [{ parentId: 'x', node: element(10, 'p') }] })],
    ],
    ['a scroll to nowhere', [page(), change({ source: 3, id: 1, x: 'x', y: Number.NaN })]],
    ['a size that is no number', [{ type: 4, data: { width: '1', height: 1 } }]],
    ['a rule path of depth 17', [page(), change({ source: 13, styleId: 1, index: Array(17).fill(0) })]],
    ['an empty rule path', [page(), change({ source: 8, styleId: 1, adds: [{ rule: 'a{}', index: [] }] })]],
    [
      'an asset id that is no hash',
      [{ type: 5, data: { tag: 'rapport-asset', payload: { ref: 1, id: 'x' } } }],
    ],
    [
      'an asset ref that is no number',
      [{ type: 5, data: { tag: 'rapport-asset', payload: { ref: '1', id: null } } }],
    ],
    [
      'a flood of positions',
      [change({ source: 1, positions: Array(1001).fill({ x: 1, y: 1, id: 1, timeOffset: 0 }) })],
    ],
  ])('is refused with a reason: %s', (_name, events) => {
    const checked = createValidator().check(events);
    expect(checked).toEqual({ ok: false, reason: expect.stringMatching(/\w/) });
  });

  it('is refused when it nests deeper than a browser would', () => {
    let node = element(10_000, 'div');
    for (let id = 9_999; id > 9_000; id -= 1) node = element(id, 'div', {}, [node]);
    expect(check(page(node))).toEqual({ ok: false, reason: 'tree too deep' });
  });

  it('does not read what a prototype lends it', () => {
    const json = '[{"type":2,"data":{"node":{"type":0,"id":1,"childNodes":[]},"__proto__":{"x":1}}}]';
    expect(createValidator().check(JSON.parse(json))).toEqual({
      ok: false,
      reason: 'a document without html',
    });
    expect(shown(page(element(10, 'p', JSON.parse('{"__proto__":"x","constructor":"y"}'))))).not.toContain(
      'proto',
    );
  });
});

describe('an honest page', () => {
  it('keeps its structure, text and look', () => {
    const [event] = eventsOf(
      page(
        element(10, 'p', { class: 'total', style: 'color: red', 'data-v-1a': '', 'aria-label': 'Sum' }, [
          text(11, '€ 40'),
        ]),
      ),
    );
    expect(JSON.stringify(event)).toContain(
      '"tagName":"p","attributes":{"class":"total","style":"color: red","data-v-1a":"","aria-label":"Sum"}',
    );
    expect(JSON.stringify(event)).toContain('"textContent":"€ 40"');
  });

  it('keeps attributes that its own style sheets may name', () => {
    const kept = shown(
      page(
        element(10, 'div', { '_ngcontent-abc': '', theme: 'dark' }),
        element(11, 'x-tab', { selected: 'yes please' }),
      ),
    );
    expect(kept).toContain('"_ngcontent-abc":""');
    expect(kept).toContain('"theme":"dark"');
    expect(kept).toContain('"selected":"yes please"');
  });

  it('keeps gradients and uses by fragment', () => {
    const kept = shown(
      page(
        element(10, 'rect', { fill: 'url(#g)' }, [], { isSVG: true }),
        element(11, 'use', { 'xlink:href': '#icon' }, [], { isSVG: true }),
      ),
    );
    expect(kept).toContain('url(\\"#g\\")');
    expect(kept).toContain('"xlink:href":"#icon"');
  });

  it('takes assets out of nodes and tells where they belong', () => {
    const [step] = stepsOf(
      page(
        element(10, 'img', { src: 'rapport-asset:7', alt: '' }),
        element(11, 'image', { 'xlink:href': 'rapport-asset:8' }, [], { isSVG: true }),
        element(12, 'img', { srcset: 'rapport-asset:1 1x, rapport-asset:2 2x' }),
      ),
    );
    expect(step).toMatchObject({
      places: [
        { id: 10, attribute: 'src', template: 'rapport-asset:7' },
        { id: 11, attribute: 'xlink:href', template: 'rapport-asset:8' },
        { id: 12, attribute: 'srcset', template: 'rapport-asset:1 1x, rapport-asset:2 2x' },
      ],
    });
    expect(JSON.stringify(step)).not.toContain('"src":"rapport');
  });

  it('forgets an image’s asset when another address or none takes its place', () => {
    const steps = stepsOf(
      page(element(10, 'img', { src: 'rapport-asset:7' })),
      mutation({ attributes: [{ id: 10, attributes: { src: null } }] }),
      mutation({ attributes: [{ id: 10, attributes: { src: 'data:image/png;base64,AAAA' } }] }),
    );
    expect(steps[1]).toMatchObject({ places: [{ id: 10, attribute: 'src', template: null }] });
    expect(steps[2]).toMatchObject({ places: [{ id: 10, attribute: 'src', template: null }] });
    expect(JSON.stringify(steps[2])).toContain('data:image/png');
  });

  it('binds assets, with the size that keeps the layout', () => {
    const id = 'ab'.repeat(32);
    const bind = (payload: object) => ({ type: 5, data: { tag: 'rapport-asset', payload } });
    expect(stepsOf(bind({ ref: 3, id }), bind({ ref: 4, id: null, widthPx: 60, heightPx: 40 }))).toEqual([
      { kind: 'asset', binding: { ref: 3, id } },
      { kind: 'asset', binding: { ref: 4, id: null, widthPx: 60, heightPx: 40 } },
    ]);
  });

  it('marks what the visitor’s page did not look into', () => {
    const marks = shown(
      page(
        element(10, 'div', { rr_width: '10px', rr_height: '20px' }),
        element(11, 'iframe', { rr_src: 'https://a.example' }),
      ),
    );
    expect(marks).toContain('"data-rapport-blocked":"box"');
    expect(marks).toContain('"data-rapport-blocked":"frame"');
  });

  it('does not let a page forge our marks', () => {
    expect(
      shown(page(element(10, 'p', { 'data-rapport-blocked': 'box', 'data-rapport-hover': '' }))),
    ).not.toContain('data-rapport');
  });

  it('does not let a field take the focus', () => {
    expect(shown(page(element(10, 'input', { autofocus: true, type: 'text' })))).not.toContain('autofocus');
  });

  it('renames form controls that would hide members of their form', () => {
    const form = element(10, 'form', {}, [
      element(11, 'input', { name: 'appendChild' }),
      element(12, 'img', { name: 'head' }),
    ]);
    expect(shown(page(form))).toContain('"name":"rapport-appendChild"');
    expect(shown(page(form))).not.toContain('"head"}');
  });

  it('shows a shadow root that was attached after its host was recorded, only where a browser can', () => {
    const late = (host: unknown) =>
      shown(page(host), mutation({ adds: [add(10, { ...element(11, 'p'), isShadow: true })] }));
    expect(late(element(10, 'x-card'))).toContain('"parentId":10,"nextId":null,"node":{"id":11');
    expect(late(element(10, 'x-card'))).toContain('"isShadow":true');
    expect(late(element(10, 'img'))).not.toContain('"id":11');
  });

  it('hosts shadow roots only where a browser can', () => {
    const steps = shown(
      page(element(10, 'img', {}, [{ ...text(11, 'x'), isShadow: true }], { isShadowHost: true })),
    );
    expect(steps).not.toContain('isShadow');
  });

  it('defines only names that can be defined', () => {
    expect(shown(page(element(10, 'font-face', {}, [], { isCustom: true })))).not.toContain('isCustom');
    expect(shown(page(element(10, 'x-card', {}, [], { isCustom: true })))).toContain('isCustom');
  });

  it('ignores events that are not replayed', () => {
    expect(
      stepsOf({ type: 0, data: {} }, { type: 6, data: { plugin: 'x' } }, { type: 5, data: { tag: 'x' } }),
    ).toEqual([]);
    expect(
      stepsOf(page(), change({ source: 9, id: 10, type: 0, commands: [] }), change({ source: 11 })),
    ).toHaveLength(1);
  });
});

describe('changes', () => {
  const added = (...events: unknown[]) => {
    const last = eventsOf(...events).at(-1);
    const data = last?.data as
      | { adds: { parentId: number; nextId: number | null; node: { id: number } }[] }
      | undefined;
    return data?.adds ?? [];
  };

  it('are ordered so that parent and next sibling are there before', () => {
    const adds = added(
      page(),
      mutation({
        adds: [
          add(10, text(11, 'a'), 12),
          add(10, element(12, 'b')),
          add(5, element(10, 'p'), 13),
          add(5, element(13, 'p')),
        ],
      }),
    );
    expect(adds.map(({ node, nextId }) => [node.id, nextId])).toEqual([
      [13, null],
      [10, 13],
      [12, null],
      [11, 12],
    ]);
  });

  it('that wait for each other go last under their parent', () => {
    const adds = added(
      page(),
      mutation({ adds: [add(5, element(10, 'p'), 11), add(5, element(11, 'p'), 10)] }),
    );
    expect(adds.map(({ node }) => node.id).sort()).toEqual([10, 11]);
  });

  it('without a parent are dropped', () => {
    expect(added(page(), mutation({ adds: [add(99, element(10, 'p')), add(10, text(11, 'x'))] }))).toEqual(
      [],
    );
  });

  it('whose sibling stands elsewhere go last', () => {
    const adds = added(
      page(element(10, 'div', {}, [element(11, 'b')])),
      mutation({ adds: [add(5, element(12, 'p'), 11)] }),
    );
    expect(adds).toMatchObject([{ parentId: 5, nextId: null }]);
  });

  it('move a node', () => {
    const adds = added(
      page(element(10, 'div'), element(11, 'p')),
      mutation({ removes: [{ parentId: 5, id: 11 }], adds: [add(10, element(11, 'p'))] }),
    );
    expect(adds).toMatchObject([{ parentId: 10, node: { id: 11 } }]);
  });

  it('of nodes that are gone are dropped', () => {
    const steps = eventsOf(
      page(element(10, 'div', {}, [text(11, 'x')])),
      mutation({ removes: [{ parentId: 5, id: 10 }] }),
      mutation({ texts: [{ id: 11, value: 'y' }], attributes: [{ id: 10, attributes: { class: 'x' } }] }),
      change({ source: 3, id: 10, x: 0, y: 5 }),
    );
    expect(steps).toHaveLength(3);
    expect(steps[2]?.data).toMatchObject({ texts: [], attributes: [] });
  });

  it('put a document only into a frame, also when it comes first', () => {
    const inner = { type: 0, id: 20, childNodes: [element(21, 'html', {}, [element(22, 'body')])] };
    expect(added(page(element(10, 'div')), mutation({ adds: [add(10, inner)] }))).toEqual([]);
    expect(added(page(element(10, 'iframe')), mutation({ adds: [add(10, inner)] }))).toHaveLength(1);
    const late = added(
      page(),
      mutation({ adds: [add(10, inner)] }),
      mutation({ adds: [add(5, element(10, 'iframe'))] }),
    );
    expect(late.map(({ node }) => node.id)).toEqual([10, 20]);
  });

  it('put no second html into a document', () => {
    const twice = {
      type: 2,
      data: {
        node: { type: 0, id: 1, childNodes: [element(2, 'html'), element(3, 'html'), element(4, 'div')] },
      },
    };
    expect(shown(twice).match(/"tagName"/g)).toHaveLength(1);
  });

  it.each([
    ['an attribute', mutation({ attributes: [{ id: 10, attributes: { src: 'https://evil.example' } }] })],
    ['a handler', mutation({ attributes: [{ id: 10, attributes: { onload: 'evil.example' } }] })],
    [
      'a style object',
      mutation({ attributes: [{ id: 10, attributes: { style: { background: 'url(//evil.example)' } } }] }),
    ],
    [
      'a style with priority',
      mutation({
        attributes: [{ id: 10, attributes: { style: { cursor: ['url(//evil.example)', 'important'] } } }],
      }),
    ],
    [
      'a style property',
      mutation({ attributes: [{ id: 10, attributes: { style: { 'x:url(//evil.example)': 'y' } } }] }),
    ],
    ['the text of a style', mutation({ texts: [{ id: 12, value: '@import "//evil.example"' }] })],
    [
      'a rule',
      change({ source: 8, id: 11, adds: [{ rule: 'a{background:url(//evil.example)}', index: 0 }] }),
    ],
    ['a sheet replaced', change({ source: 8, styleId: 1, replaceSync: 'a{background:url(//evil.example)}' })],
    [
      'a declaration',
      change({
        source: 13,
        styleId: 1,
        index: [0],
        set: { property: 'background', value: 'url(//evil.example)' },
      }),
    ],
    [
      'an adopted sheet',
      change({
        source: 15,
        id: 1,
        styleIds: [1],
        styles: [{ styleId: 1, rules: [{ rule: 'a{cursor:url(//evil.example),auto}' }] }],
      }),
    ],
    [
      'a font',
      change({ source: 10, family: 'x', fontSource: 'url(https://evil.example/f.woff2)', buffer: false }),
    ],
    [
      'a page’s address',
      { type: 4, data: { href: 'https://evil.example/?token=1', width: 800, height: 600 } },
    ],
    ['a new node', mutation({ adds: [add(5, element(30, 'iframe', { src: 'https://evil.example' }))] })],
  ])('load nothing: %s', (_name, event) => {
    const styled = page(element(10, 'img'), element(11, 'style', {}, [text(12, 'a{}')]));
    expect(shown(styled, event)).not.toContain('evil.example');
  });

  it('never throw, whatever a byte turns into', () => {
    const honest = JSON.stringify([
      page(element(10, 'p', { class: 'a' }, [text(11, 'x')])),
      mutation({ adds: [add(10, element(12, 'b'))] }),
    ]);
    let refused = 0;
    for (let at = 0; at < honest.length; at += 1) {
      for (const byte of ['0', '"', '{', 'z', '-']) {
        let events: unknown;
        try {
          events = JSON.parse(honest.slice(0, at) + byte + honest.slice(at + 1));
        } catch {
          continue;
        }
        if (!createValidator().check(events).ok) refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });
});
