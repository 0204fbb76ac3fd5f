import { expect, it } from 'vitest';
import { createStyleTokens } from '../../../../widget/cobrowse/style-tokens.ts';

it('shows what a selector names, and nothing else of the value', () => {
  const tokens = createStyleTokens();
  tokens.learn(
    `[data-state="open"] a{} .x[data-size='l'],[data-kind]{} [data-icon^=fa]{} #main .y{color:#abc}`,
  );
  expect(tokens.shown('data-state', 'open')).toBe('open');
  expect(tokens.shown('data-state', 'customer 17')).toBe(null);
  expect(tokens.shown('data-size', 'l')).toBe('l');
  expect(tokens.shown('data-kind', 'Jane')).toBe('');
  expect(tokens.shown('data-icon', 'fa-user-jane')).toBe('fa');
  expect(tokens.shown('data-other', 'open')).toBe(null);
  expect([tokens.hasId('main'), tokens.hasId('abc'), tokens.hasName('data-kind')]).toEqual([
    true,
    false,
    true,
  ]);
});

it('never shows values of forms and addresses, whatever a selector says', () => {
  const tokens = createStyleTokens();
  tokens.learn('input[value="4111"]{} a[href="/jane"]{} [onclick]{} [style*="x"]{} img[src$=".png"]{}');
  for (const name of ['value', 'href', 'onclick', 'style', 'src']) expect(tokens.hasName(name)).toBe(false);
});

it('tells what is new once', () => {
  const tokens = createStyleTokens();
  tokens.learn('[data-a="1"]{} [data-b]{}');
  expect(tokens.takeNew().sort()).toEqual(['data-a', 'data-b']);
  tokens.learn('[data-a="1"]{} [data-a="2"]{}');
  expect(tokens.takeNew()).toEqual(['data-a']);
  expect(tokens.takeNew()).toEqual([]);
});
