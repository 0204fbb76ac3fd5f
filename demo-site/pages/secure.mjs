import { html } from '../html.mjs';
import { renderPage } from './layout.mjs';

export const documents = [
  {
    id: 'invoice-2291',
    kind: 'invoice',
    name: 'Invoice NW-2026-2291',
    note: 'Bruno sofa, 14 September 2026',
    details: {
      'Invoice number': 'NW-2026-2291',
      Amount: '€ 1,939',
      'Paid by': 'Visa ending 4242',
      'VAT number': 'DE 289 114 672',
    },
  },
  {
    id: 'invoice-1874',
    kind: 'invoice',
    name: 'Invoice NW-2026-1874',
    note: 'Six Nils dining chairs, 2 May 2026',
    details: {
      'Invoice number': 'NW-2026-1874',
      Amount: '€ 1,320',
      'Paid by': 'Direct debit',
      Mandate: 'NWM-70021-4471',
    },
  },
  {
    id: 'guarantee-0931',
    kind: 'guarantee',
    name: 'Guarantee G-0931',
    note: 'Ten years on the frame, until 2036',
    details: { Piece: 'Bruno sofa', 'Serial number': 'BR-26-00931', 'Good until': '14 September 2036' },
  },
  {
    id: 'mandate-4471',
    kind: 'mandate',
    name: 'Direct debit mandate',
    note: 'Given on 28 April 2026',
    details: {
      'Mandate number': 'NWM-70021-4471',
      IBAN: 'DE89 3704 0044 0532 0130 00',
      Bank: 'Elbe Sparbank',
    },
  },
];

const kinds = [
  ['all', 'All'],
  ['invoice', 'Invoices'],
  ['guarantee', 'Guarantees'],
  ['mandate', 'Mandates'],
];

/** The shop's strictest page: scripts by nonce alone, no markup from strings. */
export function securePolicy({ rapportOrigin, liveReload, nonce }) {
  const rapport = new URL(rapportOrigin);
  const socket = `${rapport.protocol === 'https:' ? 'wss' : 'ws'}://${rapport.host}`;
  const reload = liveReload ? ` ${new URL(liveReload).origin}` : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}' 'self'`,
    `img-src 'self' ${rapport.origin} blob:`,
    `connect-src 'self' ${rapport.origin} ${socket}${reload}`,
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types rapport',
  ].join('; ');
}

export function renderSecure(visit) {
  return renderPage(visit, {
    title: 'Documents and payment security',
    description: 'Your invoices and guarantees, and how we keep payments safe.',
    styles: ['secure'],
    scripts: ['secure'],
    content: html`<div class="wrap">
  <div class="page-head"><h1>Documents and payment security</h1><p>Your papers, kept behind the strictest rules a browser knows.</p></div>
  <div class="two-columns">
    <section aria-labelledby="documents-heading">
      <h2 id="documents-heading">My documents</h2>
      <div class="kinds" id="document-kinds">${kinds.map(
        ([kind, name]) =>
          html`<button class="button quiet small-button" type="button" data-kind="${kind}" aria-pressed="${String(kind === 'all')}">${name}</button>`,
      )}<output id="document-count">${documents.length} documents</output></div>
      <ul class="documents" id="documents">${documents.map(
        (entry) => html`<li data-kind="${entry.kind}">
          <div class="document-row"><span><b>${entry.name}</b><span class="muted small">${entry.note}</span></span><button class="button quiet small-button" type="button" id="open-${entry.id}" data-details="${entry.id}" aria-expanded="false" aria-controls="details-${entry.id}">Details</button></div>
          <div class="document-details" id="details-${entry.id}" hidden></div>
        </li>`,
      )}</ul>
    </section>
    <aside class="card protection" aria-labelledby="protection-heading">
      <h2 id="protection-heading">Payment security</h2>
      <ul>
        <li>Card numbers go straight to the bank and are never stored here.</li>
        <li>Every payment asks your bank for a second step.</li>
        <li>Nobody at Nordwald will ever ask for your code.</li>
      </ul>
      <p id="protection-status" role="status">Two-step payment is on.</p>
      <button class="button" type="button" id="check-protection">Check now</button>
    </aside>
  </div>
</div>`,
  });
}
