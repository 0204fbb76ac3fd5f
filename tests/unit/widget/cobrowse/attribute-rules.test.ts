import { expect, it } from 'vitest';
import {
  attributeKind,
  isGeometry,
  isSimpleValue,
  isStructuralId,
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

it.each([
  ['376.66666666666663', true],
  ['M 36 37 38 41 11 11 11 11 11 11 z', true],
  ['m12.5-3.2c0-1.1.9-2 2-2h4', true],
  ['matrix(1,0,0,1,120,40)', true],
  ['4111 1111 1111 1111', false],
  ['4111111111111111', false],
  ['eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NSJ9', false],
])('%s is geometry: %s', (value, expected) => {
  expect(isGeometry(value)).toBe(expected);
});

it('a slot keeps its name: without it a component shows nothing', () => {
  expect(attributeKind('slot', 'name', false)).toBe('plain');
  expect(attributeKind('input', 'name', false)).toBe('other');
});
