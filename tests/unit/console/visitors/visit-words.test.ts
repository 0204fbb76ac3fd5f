import { expect, it } from 'vitest';
import { countWords, pathOf, sourceOf } from '../../../../console/visitors/visit-words.ts';

it('counts as far as visitors are told one by one', () => {
  expect([0, 1, 500, 501].map(countWords)).toEqual([
    '0 visitors',
    '1 visitor',
    '500 visitors',
    '500+ visitors',
  ]);
});

it('shows pages by their path, readable', () => {
  expect(pathOf('https://shop.example/gr%C3%B6%C3%9Fen?size')).toBe('/größen?size');
  expect(pathOf('https://shop.example/%E0%A4%A')).toBe('https://shop.example/%E0%A4%A');
  expect(pathOf('')).toBe('');
});

it('names the site that a visit came from, unless it is the same', () => {
  const page = { url: 'https://shop.example/cart', title: '' };
  expect(sourceOf({ referrer: 'https://www.search.example/?q', page })).toBe('search.example');
  expect(sourceOf({ referrer: 'https://shop.example/', page })).toBe('');
  expect(sourceOf({ referrer: '', page })).toBe('');
});
