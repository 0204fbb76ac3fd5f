import { expect, it } from 'vitest';
import { createAttributeCalm } from '../../../../widget/cobrowse/attribute-calm.ts';
import { type Attributes, mutation, type RecordedEvent } from '../../../../widget/cobrowse/recorded-event.ts';

const change = (...attributes: Array<[id: number, attributes: Attributes]>): RecordedEvent => ({
  type: 3,
  timestamp: 1,
  data: mutation({ attributes: attributes.map(([id, changed]) => ({ id, attributes: changed })) }),
});
const of = (event: RecordedEvent | null) =>
  event?.type === 3 && event.data.source === 0
    ? event.data.attributes.map(({ id, attributes }) => [id, attributes])
    : null;

it('the first change of an element passes, later ones come together, the last value counting', () => {
  const calm = createAttributeCalm();
  expect(of(calm.pass(change([1, { class: 'a' }])))).toEqual([[1, { class: 'a' }]]);
  expect(calm.pass(change([1, { class: 'b' }]))).toBeNull();
  expect(of(calm.pass(change([1, { class: 'c', title: 'x' }], [2, { class: 'z' }])))).toEqual([
    [2, { class: 'z' }],
  ]);
  expect(of(calm.take(2))).toEqual([[1, { class: 'c', title: 'x' }]]);
  expect(calm.take(3)).toBeNull();
  expect(of(calm.pass(change([1, { class: 'd' }])))).toEqual([[1, { class: 'd' }]]);
});

it('differences of a style add up, and follow the whole style that they are of', () => {
  const calm = createAttributeCalm();
  calm.pass(change([1, { style: { top: '1px' } }]));
  calm.pass(change([1, { style: { top: '2px' } }]));
  calm.pass(change([1, { style: { left: '3px', top: false } }]));
  expect(of(calm.take(2))).toEqual([[1, { style: { left: '3px', top: false } }]]);

  calm.pass(change([1, { style: 'top: 1px' }]));
  calm.pass(change([1, { style: 'top: 2px' }]));
  expect(of(calm.pass(change([1, { style: { top: '3px' } }])))).toEqual([
    [1, { style: 'top: 2px' }],
    [1, { style: { top: '3px' } }],
  ]);
});

it('what is added, removed or said passes at once, and nothing is kept of an element that went', () => {
  const calm = createAttributeCalm();
  calm.pass(change([1, { class: 'a' }]));
  calm.pass(change([1, { class: 'b' }]));
  const removal: RecordedEvent = {
    type: 3,
    timestamp: 1,
    data: mutation({ removes: [{ parentId: 9, id: 1 }], texts: [{ id: 3, value: 'x' }] }),
  };
  expect(calm.pass(removal)).toEqual(removal);
  expect(calm.take(2)).toBeNull();
  const scroll: RecordedEvent = { type: 3, timestamp: 1, data: { source: 3, id: 1, x: 0, y: 5 } };
  expect(calm.pass(scroll)).toBe(scroll);
});
