/** Pages and changes as rrweb records them, for those who forge them. */

export interface RecordedNode {
  type: number;
  id: number;
  [field: string]: unknown;
}

let lastId = 10;
const nextId = () => {
  lastId += 1;
  return lastId;
};

export const element = (
  tagName: unknown,
  attributes: unknown = {},
  childNodes: unknown = [],
  extra: object = {},
): RecordedNode => ({ type: 2, id: nextId(), tagName, attributes, childNodes, ...extra });
export const svg = (tagName: string, attributes: object = {}, childNodes: unknown[] = []): RecordedNode =>
  element(tagName, attributes, childNodes, { isSVG: true });
export const text = (textContent: unknown): RecordedNode => ({ type: 3, id: nextId(), textContent });

export const ids = {
  document: 1,
  html: 3,
  head: 4,
  body: 5,
  div: 6,
  style: 7,
  styleText: 8,
  image: 9,
} as const;

/** A page with a box, a style sheet and an image, and these nodes in its body. */
export const page = (...inBody: unknown[]) => ({
  type: 2,
  timestamp: 1,
  data: {
    node: {
      type: 0,
      id: ids.document,
      childNodes: [
        { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
        {
          type: 2,
          id: ids.html,
          tagName: 'html',
          attributes: {},
          childNodes: [
            { type: 2, id: ids.head, tagName: 'head', attributes: {}, childNodes: [] },
            {
              type: 2,
              id: ids.body,
              tagName: 'body',
              attributes: {},
              childNodes: [
                { type: 2, id: ids.div, tagName: 'div', attributes: {}, childNodes: [] },
                {
                  type: 2,
                  id: ids.style,
                  tagName: 'style',
                  attributes: {},
                  childNodes: [{ type: 3, id: ids.styleText, textContent: 'p{color:red}', isStyle: true }],
                },
                { type: 2, id: ids.image, tagName: 'img', attributes: {}, childNodes: [] },
                ...inBody,
              ],
            },
          ],
        },
      ],
    },
    initialOffset: { left: 0, top: 0 },
  },
});
export const size = { type: 4, timestamp: 1, data: { href: 'http://shop.test/', width: 800, height: 600 } };
export const change = (data: object) => ({ type: 3, timestamp: 2, data });
export const mutation = (data: object) =>
  change({ source: 0, removes: [], adds: [], texts: [], attributes: [], ...data });
export const add = (parentId: unknown, node: unknown, nextId: unknown = null) => ({ parentId, nextId, node });
export const attributes = (id: number, changed: object) =>
  mutation({ attributes: [{ id, attributes: changed }] });

/** A paragraph whose id the payload chooses. */
export const fixed = (id: unknown, extra: object = {}) => ({
  type: 2,
  id,
  tagName: 'p',
  attributes: {},
  childNodes: [],
  ...extra,
});
