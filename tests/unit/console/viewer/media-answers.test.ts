import { expect, it } from 'vitest';
import { preferredScheme } from '../../../../console/viewer/media-answers.ts';
import { cleanStyleSheet } from '../../../../console/viewer/style-text.ts';

const phone = { media: ['prefers-color-scheme:dark', 'pointer:coarse', 'any-pointer:coarse'], density: 2 };
const yes = 'min-width:0';
const no = 'min-width:1e9px';

it.each([
  ['prefers-color-scheme:dark', yes],
  ['prefers-color-scheme: light', no],
  ['prefers-color-scheme', yes],
  ['prefers-reduced-motion:no-preference', yes],
  ['prefers-reduced-motion', no],
  ['hover:hover', no],
  ['hover: none', yes],
  ['any-hover', no],
  ['pointer:coarse', yes],
  ['pointer:none', no],
  ['min-resolution:1.5dppx', yes],
  ['max-resolution: 100dpi', no],
  ['-webkit-min-device-pixel-ratio:2', yes],
  ['scripting:enabled', yes],
  ['min-width:600px', 'min-width:600px'],
  ['min-resolution:calc(1x)', 'min-resolution:calc(1x)'],
])('(%s) is answered as on the visitor’s phone', (query, answer) => {
  expect(cleanStyleSheet(`@media screen and (${query}){a{color:red}}`, phone).text).toBe(
    `@media screen and (${answer}){a{color:red}}`,
  );
});

it('of two colour schemes the mirror has the one that the visitor sees', () => {
  expect(preferredScheme('light dark', phone)).toBe('dark');
  expect(preferredScheme('light dark', { media: [], density: 1 })).toBe('light');
  expect(preferredScheme('light', phone)).toBe('light');
  expect(cleanStyleSheet(':root{color-scheme: light dark;color:red}', phone).text).toBe(
    ':root{color-scheme:dark;color:red}',
  );
});

it('a name that is also a state stays a name', () => {
  const css = 'a{animation:active 1s;grid-area:target;transition:valid 1s}';
  expect(cleanStyleSheet(css).text).toBe(css);
  expect(cleanStyleSheet('a:active b:target{}').text).toBe('a[data-rapport-active] b[data-rapport-target]{}');
});
