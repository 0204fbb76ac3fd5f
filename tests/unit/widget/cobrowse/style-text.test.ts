import { expect, it } from 'vitest';
import { cleanStyleText, cleanStyleValue } from '../../../../widget/cobrowse/style-text.ts';

function clean(css: string): { css: string; asked: string[] } {
  const asked: string[] = [];
  const text = cleanStyleText(css, (url) => `rapport-asset:${asked.push(url)}`);
  return { css: text, asked };
}

it.each([
  ['url(/a.png)', '/a.png'],
  ['url("/a b.png")', '/a b.png'],
  ["url( '/a.png' )", '/a.png'],
  ['URL(/a.png)', '/a.png'],
  ['\\75rl(/a.png)', '/a.png'],
  ['u\\72 l("/a.png")', '/a.png'],
  ['image-set("/a.png" 1x)', '/a.png'],
  ['-webkit-image-set(url(/a.png) 2x)', '/a.png'],
  ['url(data:image/svg+xml,%3Csvg/%3E)', 'data:image/svg+xml,%3Csvg/%3E'],
  ['url("https://tracker.example/?id=1")', 'https://tracker.example/?id=1'],
])('no address stays in %s', (value, url) => {
  const { css, asked } = clean(`.a{background:${value}}`);
  expect(asked).toEqual([url]);
  expect(css).toContain('rapport-asset:1');
  expect(css).not.toContain(url);
});

it('keeps references into the page and small pictures', () => {
  const css = '.a{clip-path:url("#clip");background:url("data:image/png;base64,AAAA")}';
  expect(clean(css)).toEqual({ css, asked: [] });
});

it.each([
  ['/* jane */.a{}', 'jane'],
  ['@import "https://a.example/jane.css";.a{}', 'jane'],
  ['@import url(jane.css);.a{}', 'jane'],
  ['.a::after{content:"jane"}', 'jane'],
  ['.a::after{content:"a" attr(b) \'jane\'}', 'jane'],
  ['.a:hover::after{color:red;content:"jane"}', 'jane'],
  ['@media print{.a::after{content:"jane"}}', 'jane'],
  ['.a{--name:"jane"}', 'jane'],
  ['.a{--key:k1234567890abcdefghij}', 'k1234567890'],
  ['.a{quotes:"jane" "doe"}', 'jane'],
  ['.a{background:url(x;content:"jane")}', 'jane'],
  ['.a{font-family:"jane@mail.example"}', 'jane'],
  ['.a{color:red', 'nothing here'],
  ['/* never closed jane', 'jane'],
])('%s keeps %s', (css, secret) => {
  expect(clean(css).css).not.toContain(secret);
});

it.each([
  '.icon::before{content:"\\f101"}',
  '.icon::before{content:"✓"}',
  '.a{font-family:"Inter Variable",sans-serif;grid-template-areas:"head head" "side main"}',
  '.a{--font:"Inter Variable",system-ui;--gap:12px;--accent:#0f6e62;--shadow:0 1px 2px rgb(0 0 0/20%)}',
  '.a[data-state="open"]:not(.b):hover>i{color:red!important}',
  '@media (min-width:600px){.md\\:flex{display:flex}}',
  '@supports (display:grid){.a{width:calc(100% - var(--gap))}}',
  '@keyframes spin{to{transform:rotate(1turn)}}',
  '.a::after{content:attr(data-label);counter-increment:a}',
  '.a{& .b{color:red}&:hover{color:blue}}',
])('%s stays', (css) => {
  expect(clean(css).css).toBe(css);
});

it('keeps the marks between the text nodes of a style element', () => {
  expect(clean('.a{}/* rr_split */.b{}/* x */').css).toBe('.a{}/* rr_split */.b{} ');
});

it('cleans one value by its property', () => {
  const asset = () => 'rapport-asset:1';
  expect(cleanStyleValue('content', '"jane"', asset)).toBe('"•••"');
  expect(cleanStyleValue('--owner', '"jane"', asset)).toBe('"•••"');
  expect(cleanStyleValue('background-image', 'url(/a)', asset)).toBe('url("rapport-asset:1")');
  expect(cleanStyleValue('color', 'red', asset)).toBe('red');
});
