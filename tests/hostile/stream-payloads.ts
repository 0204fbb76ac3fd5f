import {
  add,
  change,
  element,
  fixed,
  ids,
  mutation,
  page,
  type RecordedNode,
  size,
  text,
} from './recorded-page.ts';

/** Streams that no recorder makes. Each is refused or shown in part; the view lives on. */

export interface StreamPayload {
  name: string;
  /** Batches of events of one epoch. */
  batches?(): unknown[][];
  /** Batches that are bytes. */
  bytes?(): Uint8Array[];
}

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

function nested(depth: number, tagName = 'div'): RecordedNode {
  let node = element(tagName);
  for (let at = 1; at < depth; at += 1) node = element(tagName, {}, [node]);
  return node;
}

/** `null`, numbers, texts and the like where something else belongs. */
const oddities: Record<string, unknown> = {
  nothing: null,
  number: 7,
  text: 'x',
  'list in a list': [[[]]],
};

const places: Record<string, (odd: unknown) => unknown[]> = {
  'a batch': (odd) => odd as unknown[],
  'an event': (odd) => [page(), odd],
  'the type of an event': (odd) => [page(), { type: odd, data: {} }],
  'the data of a snapshot': (odd) => [{ type: 2, data: odd }],
  'the root of a snapshot': (odd) => [{ type: 2, data: { node: odd } }],
  'a node': (odd) => [page(odd)],
  'the id of a node': (odd) => [page(fixed(odd))],
  'the tag of a node': (odd) => [page(fixed(900, { tagName: odd }))],
  'the attributes of a node': (odd) => [page(fixed(900, { attributes: odd }))],
  'an attribute': (odd) => [
    page(fixed(900, { attributes: { class: odd, style: odd, src: odd, rr_width: odd, _cssText: odd } })),
  ],
  'the children of a node': (odd) => [page(fixed(900, { childNodes: odd }))],
  'the text of a node': (odd) => [page({ type: 3, id: 900, textContent: odd })],
  'the data of a change': (odd) => [page(), { type: 3, data: odd }],
  'the source of a change': (odd) => [page(), change({ source: odd })],
  'the adds': (odd) => [page(), mutation({ adds: odd })],
  'an add': (odd) => [page(), mutation({ adds: [odd] })],
  'the parent of an add': (odd) => [page(), mutation({ adds: [add(odd, fixed(900))] })],
  'the next of an add': (odd) => [page(), mutation({ adds: [add(ids.body, fixed(900), odd)] })],
  'the node of an add': (odd) => [page(), mutation({ adds: [add(ids.body, odd)] })],
  'the removes': (odd) => [page(), mutation({ removes: odd })],
  'a remove': (odd) => [page(), mutation({ removes: [{ parentId: ids.body, id: odd }] })],
  'the texts': (odd) => [page(), mutation({ texts: odd })],
  'a text': (odd) => [page(), mutation({ texts: [{ id: ids.styleText, value: odd }] })],
  'the attribute changes': (odd) => [page(), mutation({ attributes: odd })],
  'an attribute change': (odd) => [page(), mutation({ attributes: [{ id: ids.div, attributes: odd }] })],
  'a scroll': (odd) => [page(), change({ source: 3, id: odd, x: odd, y: odd })],
  'a size': (odd) => [{ type: 4, data: { width: odd, height: odd } }, page()],
  'the pointer': (odd) => [
    page(),
    change({ source: 1, positions: odd }),
    change({ source: 1, positions: [odd] }),
  ],
  'a field': (odd) => [page(), change({ source: 5, id: ids.image, text: odd, isChecked: odd })],
  'a rule': (odd) => [page(), change({ source: 8, id: ids.style, adds: [{ rule: odd, index: odd }] })],
  'the index of a rule': (odd) => [
    page(),
    change({ source: 13, id: ids.style, index: odd, set: { property: 'color', value: 'red' } }),
  ],
  'a declaration': (odd) => [page(), change({ source: 13, id: ids.style, index: [0], set: odd })],
  'adopted sheets': (odd) => [page(), change({ source: 15, id: ids.document, styleIds: odd, styles: odd })],
  'an asset': (odd) => [{ type: 5, data: { tag: 'rapport-asset', payload: odd } }, page()],
  'a selection': (odd) => [page(), change({ source: 14, ranges: odd })],
};

const odd = Object.entries(places).flatMap(([place, events]) =>
  Object.entries(oddities).map(
    ([name, value]): StreamPayload => ({ name: `${place} is ${name}`, batches: () => [events(value)] }),
  ),
);

const shapes: StreamPayload[] = [
  { name: 'a tree of 700', batches: () => [[page(nested(700))]] },
  { name: 'a tree of 1,200', batches: () => [[page(nested(1_200))]] },
  {
    name: 'a deep tree by changes',
    batches: () => [
      [page()],
      many(30, (at) =>
        mutation({
          adds: [
            add(at === 0 ? ids.body : 50_000 + at * 100, { ...nested(99), id: 50_000 + (at + 1) * 100 }),
          ],
        }),
      ),
    ],
  },
  {
    name: 'deep shadow roots',
    batches: () => [
      [
        page(
          many(300, (at) => at).reduce(
            (node) => element('div', {}, [{ ...node, isShadow: true }], { isShadowHost: true }),
            element('div'),
          ),
        ),
      ],
    ],
  },
  { name: 'a wide tree', batches: () => [[page(...many(20_000, () => text('x')))]] },
  {
    name: 'five thousand attributes',
    batches: () => [[page(element('p', Object.fromEntries(many(5_000, (at) => [`data-a${at}`, 'x']))))]],
  },
  { name: 'a long text', batches: () => [[page(element('p', {}, [text('x'.repeat(3_000_000))]))]] },
  {
    name: 'a long attribute',
    batches: () => [[page(element('p', { class: 'x'.repeat(4_000_000), style: 'a'.repeat(2_000_000) }))]],
  },
  { name: 'a long tag', batches: () => [[page(element('x'.repeat(1_000_000)))]] },
  {
    name: 'a long custom tag',
    batches: () => [[page(element(`x-${'y'.repeat(100_000)}`, {}, [], { isCustom: true }))]],
  },
  {
    name: 'a long sheet',
    batches: () => [[page(element('style', {}, [text('p{color:red}'.repeat(30_000))]))]],
  },
  {
    name: 'a flood of events',
    batches: () => [[page(), ...many(50_001, () => change({ source: 3, id: ids.html, x: 0, y: 1 }))]],
  },
  {
    name: 'a flood of positions',
    batches: () => [
      [page(), change({ source: 1, positions: many(5_000, () => ({ x: 1, y: 1, id: 1, timeOffset: 0 })) })],
    ],
  },
  {
    name: 'a flood of custom elements',
    batches: () => [[page(...many(2_000, (at) => element(`x-evil-${at}`, {}, [], { isCustom: true })))]],
  },
  {
    name: 'an enormous page',
    batches: () => [[{ ...size, data: { href: '', width: 2 ** 31, height: 2 ** 31 } }, page()]],
  },
  {
    name: 'a page without size',
    batches: () => [[{ ...size, data: { href: '', width: 0, height: 0 } }, page()]],
  },
  {
    name: 'an enormous image',
    batches: () => [
      [
        page(
          element('img', {
            width: '99999999',
            height: '99999999',
            style: 'width:1e9px;height:1e9px;position:fixed;z-index:2147483647',
          }),
        ),
      ],
    ],
  },
  {
    name: 'endless animations',
    batches: () => [
      [
        page(
          element('style', {}, [
            text(
              '@keyframes a{to{transform:rotate(1turn)}}*{animation:a .001s infinite;transition:all 99999s}',
            ),
          ]),
        ),
      ],
    ],
  },
];

export const streamPayloads: readonly StreamPayload[] = [...odd, ...shapes];
