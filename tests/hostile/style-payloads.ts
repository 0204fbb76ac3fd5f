import type { Evil } from './markup-payloads.ts';
import { attributes, change, element, ids, mutation, page, text } from './recorded-page.ts';

/** CSS that would ask a host, in every place from which CSS can come. */

/** Values of a declaration. */
const values: Record<string, (evil: Evil) => string> = {
  address: ({ url }) => `url(${url})`,
  'quoted address': ({ url }) => `url("${url}")`,
  'address with spaces': ({ url }) => `url(  '${url}'  )`,
  'upper case': ({ url }) => `URL(${url})`,
  escape: ({ url }) => `\\75rl(${url})`,
  'long escape': ({ url }) => `\\000075 rl(${url})`,
  'escape in the address': ({ url }) => `url(${url.replace('http', '\\68ttp')})`,
  'line break in a string': ({ url }) => `url("${url.replace('http', 'ht\\\ntp')}")`,
  comment: ({ url }) => `url/**/(${url}) url(${url})`,
  'no end': ({ url }) => `url(${url}`,
  'no end of a string': ({ url }) => `url("${url}`,
  'without a protocol': ({ url }) => `url(${url.replace('http:', '')})`,
  'image set': ({ url }) => `image-set("${url}" 1x, url(${url}) 2x)`,
  'old image set': ({ url }) => `-webkit-image-set(url(${url}) 1x)`,
  'cross fade': ({ url }) => `cross-fade(url(${url}), url(${url}), 50%)`,
  'image function': ({ url }) => `image("${url}")`,
  'src function': ({ url }) => `src("${url}")`,
  element: ({ url }) => `element(#a), url(${url})`,
  variable: ({ url }) => `var(--a, url(${url}))`,
  'variable of ours': ({ url }) => `var(--rapport-asset-1, url(${url}))`,
  environment: ({ url }) => `env(a, url(${url}))`,
  attribute: ({ url }) => `attr(title url, url(${url}))`,
  'data document': ({ code }) => `url("data:text/html,<script>${code}</script>")`,
  'data style': ({ url }) => `url("data:text/css,@import '${url}'")`,
  script: ({ code }) => `url("javascript:${code}")`,
  expression: ({ code }) => `expression(${code})`,
  'escape into another declaration': ({ url }) => `red;background:url(${url})`,
  'escape out of a rule': ({ url }) => `red}*{background:url(${url})`,
  'escape out of a style': ({ code }) => `red</style><script>${code}</script>`,
  'asset with a quote': ({ url }) => `url('rapport-asset:1");background:url(${url}')`,
  'zero sign': ({ url }) => `u\u0000rl(${url}) url(${url})`,
};

/** Whole sheets. */
const sheets: Record<string, (evil: Evil) => string> = {
  import: ({ url }) => `@import "${url}";`,
  'import by address': ({ url }) => `@import url(${url}) screen;`,
  'import in upper case': ({ url }) => `@IMPORT '${url}';`,
  'import with an escape': ({ url }) => `@\\69mport url(${url});`,
  'import with a layer': ({ url }) => `@import url(${url}) layer(a) supports(display:grid);`,
  'import after a comment': ({ url }) => `/**/@import/**/"${url}";`,
  'import in a block': ({ url }) => `@media all{@import "${url}";}`,
  font: ({ url }) => `@font-face{font-family:evil;src:url(${url})}*{font-family:evil}`,
  'font by name': ({ url }) =>
    `@font-face{font-family:evil;src:local("x"),url("${url}") format("woff2")}*{font-family:evil}`,
  namespace: ({ url }) => `@namespace url(${url});`,
  document: ({ url }) => `@document url(${url}){*{color:red}}`,
  'list style': ({ url }) => `*{list-style-image:url(${url});display:list-item}`,
  cursor: ({ url }) => `*{cursor:url(${url}),auto}`,
  content: ({ url }) => `*::before{content:url(${url})}`,
  'border image': ({ url }) => `*{border:1px solid;border-image:url(${url}) 1}`,
  mask: ({ url }) => `*{mask:url(${url});-webkit-mask-image:url(${url})}`,
  'shape outside': ({ url }) => `*{float:left;shape-outside:url(${url})}`,
  filter: ({ url }) => `*{filter:url(${url}#f);backdrop-filter:url(${url}#f);clip-path:url(${url}#c)}`,
  binding: ({ url }) => `*{-moz-binding:url(${url}#x);behavior:url(${url})}`,
  nested: ({ url }) => `div{&:is(*){p &{background:url(${url})}}}`,
  container: ({ url }) => `@container (min-width:0){*{background:url(${url})}}`,
  layer: ({ url }) => `@layer a{*{background:url(${url})}}`,
  property: ({ url }) =>
    `@property --a{syntax:"<image>";inherits:true;initial-value:url(${url})}*{background:var(--a)}`,
  'counter style': ({ url }) => `@counter-style a{system:cyclic;symbols:url(${url})}*{list-style:a}`,
  keyframes: ({ url }) =>
    `@keyframes a{from{background:url(${url})}to{background:url(${url})}}*{animation:a 1s}`,
  'view transition': ({ url }) =>
    `::view-transition{background:url(${url})}@view-transition{navigation:auto}`,
  'attribute that tells what it holds': ({ url }) =>
    `input[value^="a"]{background:url(${url})}*{background:url(${url})}`,
  'no end of a block': ({ url }) => `*{background:url(${url}`,
  'no end of a comment': ({ url }) => `*{background:url(${url})}/*`,
  'charset and a byte order mark': ({ url }) => `\ufeff@charset "utf-7";*{background:url(${url})}`,
  'thousand brackets': ({ url }) => `${'{'.repeat(1_000)}*{background:url(${url})}`,
  'thousand functions': ({ url }) => `*{background:${'calc('.repeat(1_000)}url(${url})}`,
};

const properties = ['background', 'cursor', 'content', 'list-style-image', '--a'];

export interface StylePayload {
  name: string;
  /** Ways in which its CSS comes. */
  payloads: number;
  /** Batches of one epoch. */
  batches(evil: Evil): unknown[][];
}

/** All the ways in which a sheet can come, one batch after the other. */
const ways = (css: string): unknown[][] => {
  const constructed = (styleId: number, rule: string) =>
    change({
      source: 15,
      id: ids.document,
      styleIds: [styleId],
      styles: [{ styleId, rules: [{ rule, index: 0 }] }],
    });
  return [
    [
      page(
        element('style', {}, [text(css)]),
        element('style', { _cssText: css }),
        element('link', { rel: 'stylesheet', _cssText: css }),
        element('p', {}, [text('x')]),
      ),
    ],
    [mutation({ texts: [{ id: ids.styleText, value: css }] })],
    [attributes(ids.style, { _cssText: css })],
    [change({ source: 8, id: ids.style, adds: [{ rule: css, index: 0 }] })],
    [constructed(1, 'p{color:red}')],
    [change({ source: 8, styleId: 1, replaceSync: css }), change({ source: 8, styleId: 1, replace: css })],
    [constructed(2, css)],
  ];
};
/** Text, read style, read link, changed text, changed attribute, inserted, replaced twice, adopted. */
const wayCount = 9;

const inSheets = Object.entries(sheets).map(
  ([name, sheet]): StylePayload => ({
    name: `sheet: ${name}`,
    payloads: wayCount,
    batches: (evil) => ways(sheet(evil)),
  }),
);

const inDeclarations = Object.entries(values).map(
  ([name, value]): StylePayload => ({
    name: `declaration: ${name}`,
    payloads: 4 * properties.length,
    batches(evil) {
      const css = value(evil);
      const styled = Object.fromEntries(properties.map((property) => [property, css]));
      return [
        [
          page(
            ...properties.map((property) => element('p', { style: `${property}:${css}` }, [text('x')])),
            element('style', {}, [text(properties.map((property) => `*{${property}:${css}}`).join('\n'))]),
            element('font', { color: css, fill: css }, [text('x')]),
          ),
        ],
        [attributes(ids.div, { style: styled })],
        [attributes(ids.div, { style: { cursor: [css, 'important'], [`color:${css}`]: 'x' } })],
        properties.map((property) =>
          change({
            source: 13,
            id: ids.style,
            index: [0],
            set: { property, value: css, priority: 'important' },
          }),
        ),
      ];
    },
  }),
);

const fonts = ['address', 'quoted address', 'data document', 'script', 'no end'].map(
  (name): StylePayload => ({
    name: `font: ${name}`,
    payloads: 1,
    batches: (evil) => [
      [page()],
      [change({ source: 10, family: 'evil', fontSource: values[name]?.(evil) ?? '', buffer: false })],
    ],
  }),
);

export const stylePayloads: readonly StylePayload[] = [...inSheets, ...inDeclarations, ...fonts];
