import { expect, it } from 'vitest';
import { privateRanges } from '../../../../shared/model/privacy.ts';
import {
  attributeKind,
  isSimpleValue,
  isStructuralId,
  withoutFractions,
} from '../../../../widget/cobrowse/attribute-rules.ts';

it('lists what an element needs for its look, by tag', () => {
  expect(attributeKind('td', 'colspan', false)).toBe('plain');
  expect(attributeKind('p', 'colspan', false)).toBe('other');
  expect(attributeKind('meter', 'value', false)).toBe('plain');
  expect(attributeKind('input', 'value', false)).toBe('other');
  expect(attributeKind('path', 'd', true)).toBe('plain');
  expect(attributeKind('div', 'd', false)).toBe('other');
  expect(attributeKind('div', 'aria-expanded', false)).toBe('plain');
  expect(attributeKind('div', 'aria-label', false)).toBe('words');
  for (const name of ['data-user', 'srcdoc', 'action', 'name', 'content', 'ping', 'onclick', 'integrity']) {
    expect(attributeKind('form', name, true)).toBe('other');
  }
});

it('lets only simple values through', () => {
  expect(isSimpleValue('center', false)).toBe(true);
  expect(isSimpleValue('x'.repeat(200), false)).toBe(false);
  expect(isSimpleValue('M0 0 L10 10Z '.repeat(90), true)).toBe(true);
  expect(isSimpleValue('url(#gradient)', true)).toBe(true);
  expect(isSimpleValue('url(https://tracker.example)', true)).toBe(false);
  expect(isSimpleValue('<b>', false)).toBe(false);
});

it.each([
  ['main-menu', true],
  ['field-12', true],
  [':r1a:', true],
  ['order-20241121', false],
  ['user_8f14e45fceea167a5a36', false],
  ['jane@mail.example', false],
])('id %s: %s', (id, expected) => {
  expect(isStructuralId(id)).toBe(expected);
});

it('a long fraction of a coordinate is no card number; a card number in its place still is', () => {
  const isPrivate = (value: string) => privateRanges(withoutFractions(value)).length > 0;
  expect(privateRanges('376.66666666666663').length).toBe(1);
  expect(isPrivate('376.66666666666663')).toBe(false);
  expect(isPrivate('M 36.5 37.25 376.66666666666663 4.111111111111111')).toBe(false);
  expect(isPrivate('4111 1111 1111 1111')).toBe(true);
});
