import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { markSchema } from '../../../../shared/model/annotation.ts';
import { verbSchema } from '../../../../shared/model/control.ts';
import { scopeOf } from '../../../../shared/model/verb-scope.ts';

const at = { epoch: 1, node: 4, x: 0.5, y: 0.5 };

describe('verbs', () => {
  it.each([
    { kind: 'click', at, count: 1 },
    { kind: 'type', text: 'Anna' },
    { kind: 'key', key: 'Enter', shift: false },
    { kind: 'open', url: 'https://shop.example/cart?x=1' },
  ])('take $kind', (verb) => expect(v.is(verbSchema, verb)).toBe(true));

  it.each([
    ['a script as an address', { kind: 'open', url: 'javascript:alert(1)' }],
    ['a file as an address', { kind: 'open', url: 'file:///etc/passwd' }],
    ['a place far away', { kind: 'click', at: { ...at, x: 90 }, count: 1 }],
    ['a third click', { kind: 'click', at, count: 3 }],
    ['too long a text', { kind: 'type', text: 'x'.repeat(501) }],
    ['a key of its own making', { kind: 'key', key: 'F5', shift: false }],
    ['more than the verb has', { kind: 'reload', url: 'https://shop.example/' }],
    ['another verb', { kind: 'run', code: '1' }],
  ])('refuse %s', (_, verb) => expect(v.is(verbSchema, verb)).toBe(false));

  it('need a scope each', () => {
    expect(['click', 'type', 'scroll', 'open'].map((kind) => scopeOf(kind as 'click'))).toEqual([
      'click',
      'type',
      'scroll',
      'navigate',
    ]);
  });
});

describe('marks', () => {
  const mark = {
    id: 'm'.repeat(22),
    kind: 'arrow',
    tab: 'tab-0001',
    epoch: 1,
    node: 4,
    points: [0, 0, 1, 1],
    text: '',
  };
  it('have the points of their kind', () => {
    expect(v.is(markSchema, mark)).toBe(true);
    expect(v.is(markSchema, { ...mark, points: [0, 0, 1] })).toBe(false);
    expect(v.is(markSchema, { ...mark, points: [] })).toBe(false);
    expect(v.is(markSchema, { ...mark, kind: 'highlight' })).toBe(false);
    expect(v.is(markSchema, { ...mark, kind: 'highlight', points: [] })).toBe(true);
    expect(v.is(markSchema, { ...mark, kind: 'callout', points: [0, 0] })).toBe(false);
    expect(v.is(markSchema, { ...mark, kind: 'callout', points: [0, 0], text: 'Here' })).toBe(true);
    expect(v.is(markSchema, { ...mark, points: [0, 0, 1, Number.NaN] })).toBe(false);
  });
});
