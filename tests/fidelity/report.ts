import type { PageResult } from './stage.ts';

export interface Fidelity {
  pages: number;
  /** Means over all pages. */
  structurePercent: number;
  pixelsPercent: number;
  worst: Array<{ page: string; structurePercent: number; pixelsPercent: number }>;
}

/** What every page is to reach. */
export const target = { structurePercent: 100, pixelsPercent: 98 };

const round = (percent: number) => Math.floor(percent * 100) / 100;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

export const isShort = (result: { structurePercent: number; pixelsPercent: number }) =>
  result.structurePercent < target.structurePercent || result.pixelsPercent < target.pixelsPercent;

export function summary(results: readonly PageResult[]): Fidelity {
  const worst = [...results]
    .sort(
      (a, b) =>
        Number(isShort(b)) - Number(isShort(a)) ||
        a.structurePercent + a.pixelsPercent - (b.structurePercent + b.pixelsPercent),
    )
    .map(({ page, structurePercent, pixelsPercent }) => ({
      page,
      structurePercent: round(structurePercent),
      pixelsPercent: round(pixelsPercent),
    }));
  return {
    pages: results.length,
    structurePercent: round(mean(results.map((each) => each.structurePercent))),
    pixelsPercent: round(mean(results.map((each) => each.pixelsPercent))),
    worst: worst.slice(0, 10),
  };
}

export function table(results: readonly PageResult[]): string {
  const rows = results.map((each) =>
    [
      each.page.padEnd(32),
      `${round(each.structurePercent).toFixed(2)} %`.padStart(9),
      `${round(each.pixelsPercent).toFixed(2)} %`.padStart(9),
      isShort(each) ? '  short of the target' : '',
    ].join('  '),
  );
  return [`${'page'.padEnd(32)}  structure     pixels`, ...rows].join('\n');
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).slice(0, 400);

/** One page with everything: both pictures of each page, where they differ, and the lines that differ. */
export function htmlReport(results: readonly PageResult[], threshold: number): string {
  const { pages, structurePercent, pixelsPercent } = summary(results);
  const sections = [...results]
    .sort((a, b) => Number(isShort(b)) - Number(isShort(a)))
    .map(
      (each) => `<section class="${isShort(each) ? 'short' : ''}"><h2>${escaped(each.page)}</h2>
<p>structure ${round(each.structurePercent)} %, pixels ${round(each.pixelsPercent)} %</p>
<div>${
        each.pictures
          ? `<figure><img src="${each.pictures.visitor}" alt="As the visitor sees it"><figcaption>visitor</figcaption></figure>
<figure><img src="${each.pictures.agent}" alt="As the agent sees it"><figcaption>agent</figcaption></figure>
<figure><img src="${each.pictures.difference}" alt="Where they differ"><figcaption>difference</figcaption></figure>`
          : ''
      }</div>${each.differences.length > 0 ? `<pre>${each.differences.slice(0, 40).map(escaped).join('\n')}</pre>` : ''}</section>`,
    );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fidelity of the mirror</title>
<style>body{font:14px/1.5 system-ui;margin:24px;max-width:1500px}div{display:flex;gap:12px}figure{margin:0;flex:1}img{width:100%;border:1px solid #ccc}
pre{overflow:auto;background:#f6f6f6;padding:8px}.short h2{color:#b00020}</style>
<h1>Fidelity of the mirror</h1><p>${pages} pages; structure ${structurePercent} %, pixels ${pixelsPercent} % on average. Pixels are the
same up to ${threshold} of the largest distance in YIQ. Red: short of ${target.structurePercent} % and ${target.pixelsPercent} %.</p>${sections.join('\n')}</html>`;
}
