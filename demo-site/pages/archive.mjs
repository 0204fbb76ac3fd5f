import { html, raw } from '../html.mjs';
import { euros } from '../money.mjs';
import { listParts, partCount } from '../parts-archive.mjs';
import { renderPage } from './layout.mjs';

let tableBody = null;

/** Five thousand rows that never change: written once, kept for the life of the process. */
function rows() {
  tableBody ??= raw(
    listParts()
      .map((part) =>
        html`<tr id="${part.number}"${part.stock === 0 && html` data-out`}><td>${part.number}</td><td>${part.name}</td><td>${part.fits}</td><td>${part.year}</td><td>${part.stock === 0 ? 'made on request' : part.stock}</td><td>${euros(part.price)}</td></tr>`.toString(),
      )
      .join('\n'),
  );
  return tableBody;
}

export function renderArchive(visit) {
  const all = partCount.toLocaleString('en-GB');
  return renderPage(visit, {
    title: 'Spare parts archive',
    description: 'Legs, covers, hinges and shades for everything we sold since 1994.',
    styles: ['archive'],
    scripts: ['archive'],
    content: html`<div class="wrap">
  <div class="page-head"><h1>Spare parts archive</h1><p>Legs, covers, hinges and shades for everything we have sold since 1994.</p></div>
  <div class="archive-tools">
    <div class="field"><label for="parts-filter">Find a part</label><input class="input" id="parts-filter" type="search" autocomplete="off" placeholder="Bruno leg walnut"></div>
    <label class="tick"><input type="checkbox" id="parts-in-stock" autocomplete="off">In stock only</label>
    <output id="parts-count">${all} of ${all} parts</output>
  </div>
  <div class="parts-scroll" id="parts-scroll" role="region" aria-label="Spare parts" tabindex="0">
    <table class="parts-table" id="parts-table">
      <thead><tr><th scope="col">Number</th><th scope="col">Part</th><th scope="col">Fits</th><th scope="col">Year</th><th scope="col">In stock</th><th scope="col">Price</th></tr></thead>
      <tbody>
${rows()}
      </tbody>
    </table>
    <p id="parts-empty" class="wrap" hidden>No part has all of these words. Try a model and a part, such as “Lund zip”.</p>
  </div>
</div>`,
  });
}
