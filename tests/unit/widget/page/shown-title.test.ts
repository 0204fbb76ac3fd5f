import { expect, it } from 'vitest';
import { shownTitle } from '../../../../widget/page/shown-title.ts';
import { strictJudge } from '../../../../widget/page/text-judge.ts';

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

it('shows no title that may hold something private until the rules are here', () => {
  expect(strictJudge.title(page('Orders of jane@mail.example'), [], '/')).toBe('');
  expect(strictJudge.title(page('Jane Doe'), rule(['title']), '/')).toBe('');
  expect(strictJudge.title(page('Oak sofas'), [], '/')).toBe('Oak sofas');
});
