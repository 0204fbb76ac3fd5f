import { findProduct } from '../catalogue.mjs';
import { html, raw } from '../html.mjs';
import { euros } from '../money.mjs';
import { renderPage } from './layout.mjs';
import { picturePath } from './product-card.mjs';

const rooms = [
  {
    id: 'reading',
    name: 'The reading corner',
    picture: 'sigrid-wing-chair',
    pieces: ['sigrid-wing-chair', 'birk-side-table', 'soren-tripod-lamp'],
  },
  {
    id: 'dining',
    name: 'The long table',
    picture: 'skog-dining-table',
    pieces: ['skog-dining-table', 'nils-dining-chair', 'mose-pendant'],
  },
  {
    id: 'sleeping',
    name: 'The quiet bedroom',
    picture: 'dvala-bed',
    pieces: ['dvala-bed', 'natt-bedside-table', 'myr-rug'],
  },
];

const tabs = [
  [
    'Wood',
    'oak',
    'Oak, walnut and ash',
    'Sawn in winter, dried for two years, oiled by hand. Scratches sand out, rings from cups wipe off with oil.',
  ],
  [
    'Linen',
    'linen',
    'Washed linen',
    'Softer every year. All linen covers come off and go into the machine at 40 °C.',
  ],
  [
    'Bouclé',
    'boucle',
    'Bouclé',
    'Loops of wool and cotton. Forgiving with children and dogs, less so with cats.',
  ],
  ['Wool', 'wool', 'Wool twill', 'Warm in winter, cool in summer, and naturally slow to burn.'],
];

const questions = [
  ['May I bring my dog?', 'Please do. There is a water bowl on every floor and a blanket beside the sofas.'],
  [
    'Can I borrow a fabric sample?',
    'Take up to ten home for two weeks. We post them free of charge as well.',
  ],
  [
    'Do you take old furniture away?',
    'Yes, with delivery to the room. What can be mended is mended and given on.',
  ],
];

const scene = raw(`<svg viewBox="0 0 1200 420" role="img" aria-label="A room at different hours">
<rect class="wall" width="1200" height="420"/><rect class="floor" y="330" width="1200" height="90"/><rect y="324" width="1200" height="8" fill="#fff" opacity=".5"/>
<rect x="90" y="50" width="320" height="210" rx="4" fill="#fffaf0"/><svg x="100" y="60" width="300" height="190" viewBox="0 0 300 190"><rect class="sky" width="300" height="190"/><g class="cloud" fill="#fff" opacity=".75"><ellipse cx="40" cy="46" rx="34" ry="12"/><ellipse cx="64" cy="38" rx="24" ry="14"/></g><path d="M0 140l60-50 44 34 70-66 126 82v50H0z" fill="#7d957c"/><path d="M0 166q90-34 160-8t140-12v44H0z" fill="#5f7862"/></svg><rect x="246" y="60" width="8" height="190" fill="#fffaf0"/>
<g class="mobile" stroke="#3a3531" stroke-width="2" fill="none"><path d="M820 0V60M750 60H890M750 60V110M820 60V134M890 60V100"/><path d="M750 110l16 22-16 22-16-22z" fill="#bd7552" stroke="none"/><circle cx="820" cy="150" r="16" fill="#75835f" stroke="none"/><path d="M890 100l18 34h-36z" fill="#c7973f" stroke="none"/></g>
<radialGradient id="lamp-glow"><stop stop-color="#fff0bf"/><stop offset=".45" stop-color="#ffe39c" stop-opacity=".7"/><stop offset="1" stop-color="#ffdb86" stop-opacity="0"/></radialGradient><circle class="lamp-light" cx="560" cy="170" r="220" fill="url(#lamp-glow)"/>
<path d="M556 190h8v140h-8z" fill="#b98f48"/><ellipse cx="560" cy="334" rx="44" ry="9" fill="#b98f48"/><path d="M522 110h76l26 84H496z" fill="#f6ead1"/>
<rect x="940" y="190" width="190" height="150" rx="8" fill="#8d7f70"/><rect x="962" y="214" width="146" height="126" rx="6" fill="#2c2622"/><path class="flame" d="M1034 334c-34 0-44-30-30-52 6 10 12 10 12 0 0-24 14-34 22-48 2 26 34 40 30 70-2 20-16 30-34 30z" fill="#d9773f"/><path class="flame" d="M1036 334c-18 0-24-16-16-30 8 8 10-6 16-18 4 14 18 20 16 32-2 10-8 16-16 16z" fill="#f4c25f"/><rect x="980" y="328" width="110" height="12" rx="6" fill="#5b4130"/>
<ellipse cx="730" cy="372" rx="190" ry="12" fill="#2a1c10" opacity=".18"/><path d="M600 330h12l-6 42h-6zM860 330h-12l6 42h6z" fill="#80563a"/><rect x="576" y="226" width="308" height="90" rx="34" fill="#5f6d4c"/><rect x="620" y="272" width="110" height="44" rx="16" fill="#83916d"/><rect x="732" y="272" width="110" height="44" rx="16" fill="#83916d"/><rect x="590" y="304" width="280" height="32" rx="12" fill="#6b7856"/><rect x="560" y="256" width="62" height="80" rx="28" fill="#75835f"/><rect x="838" y="256" width="62" height="80" rx="28" fill="#75835f"/>
</svg>`);

export function renderShowroom(visit) {
  return renderPage(visit, {
    title: 'Showroom',
    description: 'Rooms put together by us, in every light of the day.',
    styles: ['showroom'],
    // The components are defined before the first paint, so that nothing moves when they wake up.
    head: html`<script type="module" src="/js/showroom.js" blocking="render"></script>\n`,
    content: html`<div class="wrap">
  <div class="page-head"><h1>The showroom</h1><p>Rooms as we would furnish them, in every light of the day. Untick what you already own.</p></div>

  <section aria-labelledby="ambience-heading">
    <h2 class="visually-hidden" id="ambience-heading">Light</h2>
    <div class="ambience-scene" id="ambience-scene">${scene}</div>
    <div class="ambience-row" id="ambience" role="group" aria-label="Time of day">
      ${['morning', 'afternoon', 'evening', 'night'].map((name) => html`<button class="button quiet small-button" type="button" value="${name}" aria-pressed="false">${name[0].toUpperCase() + name.slice(1)}</button>`)}
      <output id="ambience-words">Seven in the morning</output>
    </div>
  </section>

  <section class="section" aria-labelledby="rooms-heading">
    <div class="section-head"><h2 id="rooms-heading">Three rooms</h2><button class="text-button" type="button" id="open-popover" popovertarget="price-popover">How prices are made</button></div>
    <div class="room-grid">${rooms.map(
      (room, index) => html`<nw-room id="room-${room.id}"${index === 1 && html` data-featured`}>
        <img slot="picture" src="${picturePath(findProduct(room.picture))}" width="800" height="640" alt="">
        <h3 slot="title">${room.name}</h3>
        ${room.pieces.map((slug) => {
          const product = findProduct(slug);
          return html`<label><input type="checkbox" value="${product.price}" checked><span>${product.name}</span><span>${euros(product.price)}</span></label>`;
        })}
      </nw-room>`,
    )}</div>
  </section>

  <section class="section split">
    <div>
      <h2>Materials</h2>
      <nw-tabs id="materials" label="Materials">${tabs.map(
        ([tab, file, heading, text]) =>
          html`<div data-tab="${tab}"><div class="tab-content"><img src="/images/textures/${file}.png" width="140" height="140" alt=""><div><h3>${heading}</h3><p class="muted">${text}</p></div></div></div>`,
      )}</nw-tabs>
    </div>
    <div>
      <h2>Before you come</h2>
      <nw-accordion id="questions">${questions.map(([question, answer]) => html`<p data-question="${question}">${answer}</p>`)}</nw-accordion>
      <details class="more" id="access"><summary>Getting around</summary><p>All houses have a lift, a step-free entrance and seats on every floor. Ask at the desk for a wheelchair or a quiet hour.</p></details>
    </div>
  </section>

  <div id="price-popover" popover>
    <h2>How prices are made</h2>
    <p>Half of what you pay is work, a third is material, and the rest keeps the lights on. There are no sales, so there is never a wrong day to buy.</p>
    <button class="button small-button" type="button" popovertarget="price-popover" popovertargetaction="hide">Close</button>
  </div>
</div>`,
  });
}
