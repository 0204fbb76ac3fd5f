import { html, raw } from '../html.mjs';
import { stores } from '../stores.mjs';
import { selectField } from './form-field.mjs';
import { renderFrame } from './layout.mjs';

const land = raw(
  '<rect width="600" height="460" fill="#d5e2e2"/><path d="M0 176C60 150 110 190 160 158C176 128 168 84 190 40C200 22 196 10 204 0H276C270 40 286 70 268 104C258 130 270 152 300 160C360 166 420 132 480 140C530 146 570 120 600 128V460H0Z" fill="#ece5d4"/><path d="M300 66C316 58 340 62 346 82C350 102 334 118 316 114C298 108 288 78 300 66Z" fill="#ece5d4"/><path d="M396 0C388 40 420 60 440 92C470 104 520 84 600 92V0Z" fill="#ece5d4"/><path d="M60 260C120 240 150 300 220 300S330 360 420 340S520 300 600 320" fill="none" stroke="#c5d8d8" stroke-width="6"/><path d="M214 160C220 190 250 230 300 240S380 300 400 330" fill="none" stroke="#c5d8d8" stroke-width="5"/><path d="M0 400C80 380 150 420 240 404S400 420 470 404S560 430 600 420V460H0Z" fill="#dcd9c4"/>',
);

export function renderStoreMap() {
  const first = stores[0];
  const data = JSON.stringify(stores).replaceAll('<', '\\u003c');
  return renderFrame({
    title: 'Store finder',
    styles: ['store-map'],
    scripts: ['store-map'],
    content: html`<main class="finder">
  <div class="map"><svg viewBox="0 0 600 460" aria-label="Map of our houses">${land}${stores.map(
    (store) =>
      html`<g class="pin" role="button" tabindex="0" id="pin-${store.id}" data-store="${store.id}" aria-pressed="${String(store === first)}" aria-label="${store.city}"><circle cx="${store.x}" cy="${store.y}" r="10"/><text x="${store.x + 20}" y="${store.y + 6}">${store.city}</text></g>`,
  )}</svg></div>
  <div class="store-card">
    ${selectField({ id: 'store-select', name: 'store', label: 'House', choices: stores.map(({ id, city }) => [id, city]), value: first.id, autocomplete: 'off' })}
    <h1 id="store-name">Nordwald ${first.city}</h1>
    <p class="muted" id="store-note">${first.note}</p>
    <dl>
      <dt>Address</dt><dd id="store-address">${first.street}, ${first.postcode}</dd>
      <dt>Open</dt><dd id="store-hours">${first.hours}</dd>
      <dt>Telephone</dt><dd id="store-phone">${first.phone}</dd>
    </dl>
  </div>
  <script type="application/json" id="store-data">${raw(data)}</script>
</main>`,
  });
}
