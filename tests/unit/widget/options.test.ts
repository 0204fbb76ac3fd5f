import { expect, it } from 'vitest';
import { defaultOptions, resolveOptions } from '../../../widget/options.ts';

it('takes defaults for what is not given or makes no sense', () => {
  expect(resolveOptions({})).toEqual(defaultOptions);
  expect(resolveOptions({ zIndex: 'high', launcher: 'maybe', titleBadge: 'perhaps' })).toEqual(
    defaultOptions,
  );
});

it('takes what the script tag says', () => {
  expect(resolveOptions({ zIndex: '40', launcher: 'hidden', titleBadge: 'off' })).toEqual({
    zIndex: 40,
    launcher: 'hidden',
    titleBadge: false,
  });
});
