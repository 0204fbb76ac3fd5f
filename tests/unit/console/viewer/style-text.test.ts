import { describe, expect, it } from 'vitest';
import { cleanDeclarations, cleanStyleSheet } from '../../../../console/viewer/style-text.ts';

const sheet = (text: string) => cleanStyleSheet(text).text;

describe('addresses in styles', () => {
  it('become custom properties when they are assets, wherever a style may name them', () => {
    const shown = 'var(--rapport-asset-7,url("data:,"))';
    expect(cleanDeclarations('background:url(rapport-asset:7) no-repeat')).toBe(
      `background:${shown} no-repeat`,
    );
    expect(sheet('a{background:red URL( "rapport-asset:7" )}')).toBe(`a{background:red ${shown}}`);
    expect(
      sheet('a{background:image-set("rapport-asset:7" 1x, url(rapport-asset:7) type("image/png") 2x)}'),
    ).toBe(`a{background:image-set(${shown} 1x, ${shown} type("image/png") 2x)}`);
  });

  it('stay when they are fragments or data images and fonts', () => {
    expect(cleanDeclarations('filter:url(#soft)')).toBe('filter:url("#soft")');
    expect(cleanDeclarations('background:url(\'data:image/svg+xml;utf8,<svg xmlns="x"/>\')')).toBe(
      'background:url("data:image/svg+xml;utf8,<svg xmlns=%22x%22/>")',
    );
    expect(sheet('@font-face{font-family:x;src:url(data:font/woff2;base64,AAAA)}')).toContain(
      'url("data:font/woff2;base64,AAAA")',
    );
  });

  it.each([
    'a{background:url(https://evil.example)}',
    'a{background:url("https://evil.example")}',
    'a{background:url( \n"https://evil.example" )}',
    'a{background:\\75\\72\\6c(https://evil.example)}',
    'a{background:u\\00072l(https://evil.example)}',
    'a{background:UrL(https://evil.example)}',
    'a{background:/**/url(https://evil.example)}',
    'a{background:url(https://evil.example',
    'a{background:url("https://evil.example',
    'a{background:url(data:text/html,https://evil.example)}',
    'a{background:-webkit-image-set("https://evil.example" 1x)}',
    'a{background:image("https://evil.example")}',
    'a{background:src("https://evil.example")}',
    'a{content:"\\"";background:url(https://evil.example)}',
    "a{content:'\n;background:url(https://evil.example)}",
    '@import "https://evil.example";',
    '@import url(https://evil.example) screen;',
    '@IMPORT\t"https://evil.example";',
    '@\\69\\6d port "https://evil.example";',
    '@charset "x";@import "https://evil.example"',
    '@import "https://evil.example" { } a{}',
    '@namespace "https://evil.example";',
    '@document url(https://evil.example){a{}}',
    '@supports (display:grid){@import "https://evil.example";}',
    '@media all{a{background:url(//evil.example)}}',
    '@font-face{font-family:x;src:url(https://evil.example) format("woff2"),local("Arial")}',
    '@property --x{syntax:"<image>";inherits:false;initial-value:url(https://evil.example)}',
  ])('go when they name another host: %s', (text) => {
    expect(sheet(text)).not.toContain('evil.example');
  });

  it('cannot break out of a data image', () => {
    expect(sheet('a{background:url(data:image/png,x\\)/**/,url\\(//evil.example\\)\\"\\))}')).toBe(
      'a{background:url("data:image/png,x)/**/,url(//evil.example)%22)")}',
    );
  });

  it('cannot hide in a variable that an image set takes as its address', () => {
    expect(sheet('a{--u:"https://evil.example";background:image-set(var(--u) 1x)}')).toContain(
      'image-set(removed(--u) 1x)',
    );
  });

  it.each([
    ['a{behavior:url(#x)}', 'behavior'],
    ['a{-moz-binding:url(#x)}', 'binding'],
    ['a{width:expression(alert(1))}', 'expression'],
  ])('take old ways to run code along: %s', (text, word) => {
    expect(sheet(text)).not.toContain(word);
  });
});

describe('a style sheet', () => {
  it('keeps what is harmless, byte for byte', () => {
    const honest =
      '@charset_not-a-rule{} @media (min-width: 30em) and (hover:hover){ .a\\:b::before { content: "@import url(x)"; } }\n' +
      '/* url(https://kept.example) */ @layer base, theme; :root{--x:{a:b}} .grid{grid-area:1/2/span 3;color:rgb(0 0 0/50%)}';
    expect(sheet(honest)).toBe(honest);
  });

  it('keeps the number of its rules, by which later ones are inserted and deleted', () => {
    expect(sheet('@import "x.css";a{}@font-face{font-family:F;src:url(rapport-asset:1)}b{}')).toBe(
      '@media not all{}a{}@media not all{}b{}',
    );
  });

  it('gives out the fonts that travel as assets', () => {
    const { fonts } = cleanStyleSheet(
      '@font-face{font-family:"Shop Sans";font-weight:100 900;src:local("x"),url(rapport-asset:4) format("woff2"),url("rapport-asset:5")}',
    );
    expect(fonts).toEqual([{ family: 'Shop Sans', refs: [4, 5], descriptors: { weight: '100 900' } }]);
  });

  it('turns states of real input into attributes that the player sets', () => {
    expect(sheet('a:hover,.hover:hover b{}')).toBe('a[data-rapport-hover],.hover[data-rapport-hover] b{}');
    expect(sheet('li:not(:hover):focus-within>input:focus-visible{}')).toBe(
      'li:not([data-rapport-hover])[data-rapport-focus-within]>input[data-rapport-focus-visible]{}',
    );
    expect(sheet('@media (hover:hover){a{color:red}}')).toBe('@media (hover:hover){a{color:red}}');
    expect(sheet('::-webkit-scrollbar-thumb:hover, a:hover{}')).toBe(
      '::-webkit-scrollbar-thumb:hover, a[data-rapport-hover]{}',
    );
    expect(cleanDeclarations('--state:hover')).toBe('--state:hover');
  });

  it('takes time in proportion to its length', () => {
    const parts = [
      'a{b:url(x)}',
      '@import "x";',
      '((((',
      '\\',
      '"',
      '/*',
      '@font-face{',
      '{',
      'url(',
      '@font-face{"',
      'a:hover{',
    ];
    for (const part of parts) {
      const startMs = performance.now();
      sheet(part.repeat(60_000));
      expect(performance.now() - startMs).toBeLessThan(2_000);
    }
  });
});
