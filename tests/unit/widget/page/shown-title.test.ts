import { expect, it } from 'vitest';
import { shownTitle } from '../../../../widget/page/shown-title.ts';

/** A page whose title element matches these selectors. */
const page = (title: string, ...matched: string[]) => ({
  title,
  querySelector: () => ({
    closest(selector: string) {
      if (selector === '::') throw new SyntaxError('not a selector');
      return matched.includes(selector) ? {} : null;
    },
  }),
});
const rule = (mask: string[], block: string[] = []) => [{ path: '/account*', mask, block, unmask: [] }];

it('shows the title without what is private in any text', () => {
  expect(shownTitle(page('Orders of jane@mail.example'), [], '/')).toBe('Orders of ••••••');
});

it.each(['[data-rapport-mask]', '[data-rapport-block]'])('shows none that is marked %s', (mark) => {
  expect(shownTitle(page('Jane Doe', mark), [], '/')).toBe('');
});

it('shows none that a rule for this path masks, blocks, or may mean to', () => {
  const named = page('Jane Doe', 'title');
  expect(shownTitle(named, rule(['title']), '/account/1')).toBe('');
  expect(shownTitle(named, rule([], ['title']), '/account/1')).toBe('');
  expect(shownTitle(named, rule(['::']), '/account/1')).toBe('');
  expect(shownTitle(named, rule(['title']), '/')).toBe('Jane Doe');
});

it('cuts what is longer than the wire takes', () => {
  expect(shownTitle(page('x '.repeat(400)), [], '/')).toHaveLength(300);
});
