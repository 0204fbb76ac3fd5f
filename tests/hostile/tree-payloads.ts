import { add, attributes, change, fixed, ids, mutation, page } from './recorded-page.ts';
import { many, type StreamPayload } from './stream-payloads.ts';

/** Trees that are none: cycles, ids used twice, nodes without a place. */
export const treePayloads: readonly StreamPayload[] = [
  { name: 'an id twice', batches: () => [[page(fixed(900), fixed(900))]] },
  { name: "its parent's id", batches: () => [[page(fixed(ids.body))]] },
  { name: "the document's id", batches: () => [[page(fixed(ids.document))]] },
  { name: 'a negative id', batches: () => [[page(fixed(-5))]] },
  { name: 'an enormous id', batches: () => [[page(fixed(2 ** 53))]] },
  { name: 'a fraction as id', batches: () => [[page(fixed(1.5))]] },
  {
    name: 'a node inside itself',
    batches: () => [
      [page(fixed(900, { childNodes: [fixed(901)] }))],
      [mutation({ adds: [add(901, fixed(900))] })],
    ],
  },
  {
    name: 'a node that is its own parent',
    batches: () => [[page()], [mutation({ adds: [add(900, fixed(900))] })]],
  },
  {
    name: 'two that wait for each other',
    batches: () => [[page()], [mutation({ adds: [add(900, fixed(901)), add(901, fixed(900))] })]],
  },
  {
    name: 'siblings that wait for each other',
    batches: () => [
      [page()],
      [mutation({ adds: [add(ids.body, fixed(900), 901), add(ids.body, fixed(901), 900)] })],
    ],
  },
  {
    name: 'a sibling in another tree',
    batches: () => [
      [page(fixed(900, { childNodes: [fixed(901)] }))],
      [mutation({ adds: [add(ids.body, fixed(902), 901)] })],
    ],
  },
  {
    name: 'a parent that is gone',
    batches: () => [
      [page(fixed(900))],
      [mutation({ removes: [{ parentId: ids.body, id: 900 }], adds: [add(900, fixed(901))] })],
    ],
  },
  {
    name: 'removes of what is not there',
    batches: () => [
      [page()],
      [mutation({ removes: many(500, (at) => ({ parentId: 10_000 + at, id: 20_000 + at })) })],
    ],
  },
  {
    name: 'the root removed',
    batches: () => [
      [page()],
      [mutation({ removes: [{ parentId: ids.document, id: ids.html }] })],
      [mutation({ adds: [add(ids.body, fixed(900))] })],
    ],
  },
  {
    name: 'the document removed',
    batches: () => [[page()], [mutation({ removes: [{ parentId: 0, id: ids.document }] })]],
  },
  {
    name: 'a second root',
    batches: () => [[page()], [mutation({ adds: [add(ids.document, fixed(900, { tagName: 'html' }))] })]],
  },
  {
    name: 'a second doctype',
    batches: () => [
      [page()],
      [
        mutation({
          adds: [add(ids.document, { type: 1, id: 900, name: 'html', publicId: '"><script>', systemId: '' })],
        }),
      ],
    ],
  },
  {
    name: 'a document in a box',
    batches: () => [[page()], [mutation({ adds: [add(ids.div, { type: 0, id: 900, childNodes: [] })] })]],
  },
  {
    name: 'a document in a frame that is none',
    batches: () => [
      [page()],
      [
        mutation({
          adds: [add(ids.image, { type: 0, id: 900, childNodes: [fixed(901, { tagName: 'html' })] })],
        }),
      ],
    ],
  },
  {
    name: 'a frame in its own document',
    batches: () => [
      [page(fixed(900, { tagName: 'iframe' }))],
      [
        mutation({
          adds: [
            add(900, {
              type: 0,
              id: 901,
              childNodes: [fixed(902, { tagName: 'html', childNodes: [fixed(903, { tagName: 'body' })] })],
            }),
          ],
        }),
      ],
      [mutation({ adds: [add(903, fixed(900, { tagName: 'iframe' }))] })],
    ],
  },
  {
    name: 'text with children',
    batches: () => [
      [page({ type: 3, id: 900, textContent: 'x', childNodes: [fixed(901)] })],
      [mutation({ adds: [add(900, fixed(902))] })],
    ],
  },
  {
    name: 'children of an image',
    batches: () => [[page()], [mutation({ adds: [add(ids.image, fixed(900))] })]],
  },
  {
    name: 'a shadow root on an image',
    batches: () => [
      [
        page(
          fixed(900, { tagName: 'img', isShadowHost: true, childNodes: [fixed(901, { isShadow: true })] }),
        ),
      ],
    ],
  },
  { name: 'unknown kinds of nodes', batches: () => [[page({ type: 9, id: 900 })]] },
  {
    name: 'an instruction',
    batches: () => [[page({ type: 7, id: 900, textContent: 'xml-stylesheet href="http://evil.example"' })]],
  },
  {
    name: 'changes before a snapshot',
    batches: () => [[mutation({ adds: [add(ids.body, fixed(900))] })], [page()]],
  },
  { name: 'two snapshots', batches: () => [[page(), page()]] },
  {
    name: 'a snapshot in the middle',
    batches: () => [[page()], [mutation({ adds: [add(ids.body, fixed(900))] })], [page(fixed(900))]],
  },
  {
    name: 'rules that are not there',
    batches: () => [
      [page()],
      [
        change({ source: 8, id: ids.style, removes: [{ index: 999 }, { index: [9, 9] }] }),
        change({ source: 13, id: ids.style, index: [99], set: { property: 'color', value: 'red' } }),
      ],
    ],
  },
  {
    name: 'a sheet of an image',
    batches: () => [[page()], [change({ source: 8, id: ids.image, adds: [{ rule: 'p{}', index: 0 }] })]],
  },
  {
    name: 'sheets adopted by an image',
    batches: () => [[page()], [change({ source: 15, id: ids.image, styleIds: [1], styles: [] })]],
  },
  {
    name: 'events of other kinds',
    batches: () => [
      [
        page(),
        { type: 0, data: {} },
        { type: 1, data: {} },
        { type: 6, data: { plugin: 'rrweb/console@1' } },
        change({ source: 9, id: ids.image, type: 0, commands: [{ property: 'constructor', args: ['x'] }] }),
      ],
    ],
  },
  {
    name: 'members of a prototype as properties',
    batches: () => [
      [page()],
      [
        attributes(ids.div, {
          style: { constructor: 'x', __proto__: 'y', cssText: 'color:red' },
          constructor: 'x',
          innerHTML: '<img src=x>',
        }),
      ],
    ],
  },
];
