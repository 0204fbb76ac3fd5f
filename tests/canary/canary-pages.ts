import { type HostPage, scriptTag } from '../support/host-page.ts';
import { farPlants } from './far-plants.ts';
import { latePlants } from './late-plants.ts';
import type { Planted } from './leak-search.ts';
import { markupPlants } from './markup-plants.ts';
import { type Shape, secretOf } from './secret-shapes.ts';

/** Pages of a site with secrets in every place that this folder knows. */

/** Trees that all markup is planted into. */
export const trees = ['static', 'dynamic', 'shadow', 'late shadow', 'frame', 'late frame'] as const;
export type Tree = (typeof trees)[number];

/** Typed into these by the visitor, in the page, in a shadow root and in a frame. */
export const typedFields: ReadonlyArray<[id: string, html: string, shape?: Shape]> = [
  ['text', '<input id="type-text">'],
  ['area', '<textarea id="type-area"></textarea>'],
  ['password', '<input type="password" id="type-password">'],
  ['number', '<input id="type-number" autocomplete="cc-number" data-rapport-unmask>', 'card'],
  ['code', '<input id="type-code" autocomplete="one-time-code" data-rapport-unmask>'],
  ['cvc', '<input id="type-cvc" data-rapport-unmask>'],
  ['open', '<input id="type-open" data-rapport-unmask>', 'card'],
  ['editable', '<div id="type-editable" contenteditable="true">Text</div>'],
  ['masked', '<div data-rapport-mask><input id="type-masked" data-rapport-unmask></div>'],
  ['by-rule', '<div class="by-rule"><input id="type-by-rule" data-rapport-unmask></div>'],
];
export const typedTrees = ['page', 'shadow root', 'frame'] as const;

export interface Planting {
  planted: Planted[];
  /** Makes the next secret. */
  plant(position: string, place: string, shape?: Shape): Planted;
  /** All markup with fresh secrets, and a word that everybody may see: `Shown static`. */
  markup(tree: Tree): string;
}

export function createPlanting(): Planting {
  const planted: Planted[] = [];
  const plant: Planting['plant'] = (position, place, shape = 'word') => {
    const id = planted.length + 1;
    const one = { id, position, place, ...secretOf(shape, id) };
    planted.push(one);
    return one;
  };
  return {
    planted,
    plant,
    markup: (tree) =>
      [
        ...markupPlants.map(([place, html, shape]) => {
          const { text } = plant(tree, place, shape);
          return `<div>${html.replaceAll('§', text)}</div>`;
        }),
        `<p>Shown ${tree}</p>`,
      ].join('\n'),
  };
}

const image =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

export interface CanaryPages {
  pages: Record<string, HostPage>;
  /** By plant, in the order of `latePlants` and `farPlants`; each has an element `#late-0`, `#late-1` and so on. */
  late: Planted[];
}

export function canaryPages(planting: Planting, site: { origin: string; siteKey: string }): CanaryPages {
  const { plant, markup } = planting;
  const late = [...latePlants, ...farPlants].map(({ place, shape }) => plant('late', place, shape));
  const lateHtml = [...latePlants, ...farPlants]
    .map(({ html }, index) => `<div id="late-${index}">${html}</div>`)
    .join('\n');
  const fields = typedFields.map(([, html]) => html).join('\n');
  const head = (name: string) => plant('head', name).text;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="csrf-token" content="${head('csrf token')}"><meta property="og:description" content="${head('open graph')}">
<link rel="canonical" href="/?${head('canonical')}"><link rel="preload" as="image" href="/image.svg?${head('preload')}">
<link rel="stylesheet" href="/style.css?${head('style sheet')}"><link rel="icon" href="/image.svg?${head('icon')}">
<style>/* ${head('comment of a style')} */ :root{--owner:"${head('custom property')}"} [data-kind]{color:teal}
[data-state="open"]{color:navy}</style>
<script>window.owner = "${head('script')}";</script>
${scriptTag(site)}</head>
<body class="page" data-user="${head('attribute of the body')}" onload="void '${head('handler of the body')}'">
<h1>Shown heading</h1><p data-state="open" id="shown-id">Shown text</p>
<div id="page-fields">${fields}</div>
${markup('static')}
<div id="shadow-host"></div><iframe id="frame" src="/frame.html?${head('address of a frame')}"></iframe>
<div id="dynamic"></div><div id="late-shadow"></div><p id="turns">turns</p>
${lateHtml}
<template id="shadow-content">${markup('shadow')}${fields}</template>
<script>document.getElementById('shadow-host').attachShadow({ mode: 'open' })
  .append(document.getElementById('shadow-content').content);
document.getElementById('shadow-content').remove();</script>
</body></html>`;
  const css = (text: string) => ({ html: text, headers: { 'content-type': 'text/css' } });
  return {
    late,
    pages: {
      '/shop': { html },
      '/frame.html': { html: `<!doctype html><title>Frame</title><body>${markup('frame')}${fields}</body>` },
      '/late-frame.html': { html: `<!doctype html><title>Frame</title><body>${markup('late frame')}</body>` },
      '/empty.html': { html: '<!doctype html><title>Empty</title>' },
      '/image.svg': { html: image, headers: { 'content-type': 'image/svg+xml' } },
      '/style.css': css(
        `.linked{color:teal} .linked::before{content:"${head('content of a linked style')}"}`,
      ),
    },
  };
}
