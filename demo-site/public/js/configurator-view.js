// Pure: markup from a piece, a step and a choice. All its words come from the model, so nothing here needs escaping.
import {
  describeChoice,
  encodeConfiguration,
  extras,
  fabricOf,
  fabrics,
  formatEuros,
  legs,
  legsOf,
  pieces,
  sizeOf,
  sizes,
  steps,
  totalOf,
} from './configurator-model.js';

const surcharge = (price) =>
  price === 0 ? 'included' : `${price > 0 ? '+' : '−'} ${formatEuros(Math.abs(price))}`;

/** The drawing inside `#preview`: fabric and legs are CSS variables there, so changing them touches one attribute. */
export function previewDrawing(piece, choice) {
  const { width: baseWidth, seats: baseSeats } = pieces[piece];
  const size = sizeOf(choice);
  const width = Math.round(baseWidth * size.scale);
  const seats = piece === 'sofa' && size.id === 'small' ? 2 : baseSeats;
  const left = 320 - width / 2;
  const arm = piece === 'daybed' ? 18 : 46;
  const seat = (width - arm * 2) / seats;
  const each = (draw) =>
    Array.from({ length: seats }, (_, index) => draw(left + arm + index * seat)).join('');
  const rect = (x, y, w, h, rx, more) =>
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${rx}" ${more}/>`;
  const leg = (x, lean) =>
    `<path class="legs" d="M${x - 8} 318H${x + 8}L${x + lean + 4} 372H${x + lean - 4}Z"/>`;
  const backTop = piece === 'daybed' ? 216 : 146;
  const cushion = (x, turn) =>
    `<g transform="translate(${x} 236) rotate(${turn})"><path d="M-32-32Q0-26 32-32Q27 0 32 32Q0 27-32 32Q-27 0-32-32Z" fill="#e9dcc4"/><path d="M-16-14L16 14M-16 14L16-14" stroke="#c9b690" stroke-width="2" fill="none" stroke-linecap="round"/></g>`;
  const footstool = `<g transform="translate(${Math.min(320 + width / 2 - 20, 520)} 22)"><ellipse cx="40" cy="376" rx="70" ry="8" fill="#2a1c10" opacity=".16"/><path class="legs" d="M-2 350H10L4 376H-2ZM70 350H82L82 376H76Z"/>${rect(-14, 318, 108, 38, 16, 'class="fabric"')}${rect(-14, 318, 108, 16, 8, 'fill="#fff" opacity=".14"')}</g>`;
  return (
    `<ellipse cx="320" cy="374" rx="${width * 0.54}" ry="10" fill="#2a1c10" opacity=".18"/>` +
    leg(left + 34, -7) +
    leg(left + width - 34, 7) +
    rect(left + 18, backTop, width - 36, 300 - backTop, 34, 'class="fabric"') +
    rect(left + 18, backTop, width - 36, 300 - backTop, 34, 'fill="#000" opacity=".16"') +
    (piece === 'daybed'
      ? ''
      : each(
          (x) =>
            rect(x + 2, 164, seat - 4, 120, 26, 'class="fabric"') +
            `<path d="M${x + 22} 178Q${x + seat / 2} 171 ${x + seat - 22} 178" stroke="#fff" stroke-width="3" opacity=".22" fill="none" stroke-linecap="round"/>`,
        )) +
    each(
      (x) =>
        rect(x + 1, 256, seat - 2, 46, 16, 'class="fabric"') +
        rect(x + 1, 256, seat - 2, 46, 16, 'fill="#fff" opacity=".1"') +
        `<path d="M${x + 14} 293H${x + seat - 14}" stroke="#000" stroke-width="2" opacity=".16" stroke-linecap="round"/>`,
    ) +
    rect(left + 10, 296, width - 20, 32, 10, 'class="fabric"') +
    rect(left + 10, 296, width - 20, 32, 10, 'fill="#000" opacity=".1"') +
    [left, left + width - arm - 4]
      .map((x) =>
        rect(x, 206, arm + 4, piece === 'daybed' ? 122 : 120, piece === 'daybed' ? 9 : 22, 'class="fabric"'),
      )
      .join('') +
    (choice.extras.includes('cushions')
      ? cushion(left + arm + 40, -9) + cushion(left + width - arm - 40, 8)
      : '') +
    (choice.extras.includes('footstool') ? footstool : '') +
    `<g class="measure"><path d="M${left} 408H${left + width}M${left} 400v16M${left + width} 400v16" fill="none" stroke="currentColor" stroke-width="1.5"/><text x="320" y="432" text-anchor="middle" fill="currentColor" font-size="15">${Math.round(width / 1.9)} cm</text></g>`
  );
}

export function previewLabel(piece, choice) {
  return `${pieces[piece].name}: ${describeChoice(choice)}`;
}

function heading(step) {
  const texts = {
    fabric: [
      'Choose a fabric',
      'All covers come off. Wool and velvet are cleaned, linen and bouclé are washed.',
    ],
    size: ['Choose a size', 'Measure the door as well as the wall.'],
    legs: ['Choose the legs', 'They screw in by hand and can be changed later.'],
    extras: ['Anything else?', 'Take it now and it comes with the same van.'],
    summary: ['Your piece', 'We start building when you order. It takes about five weeks.'],
  };
  const [title, lead] = texts[step];
  return `<h2 id="step-heading" tabindex="-1">${title}</h2><p class="muted">${lead}</p>`;
}

function choiceCards(name, list, chosen, swatch) {
  const cards = list.map(
    (entry) =>
      `<label class="option"><input type="radio" name="${name}" value="${entry.id}"${entry.id === chosen ? ' checked' : ''}>` +
      `${swatch ? `<span class="option-swatch" data-colour="${entry.colour}" aria-hidden="true"><svg viewBox="0 0 10 10"><rect width="10" height="10" fill="${entry.colour}"/></svg></span>` : ''}` +
      `<span class="option-words"><b>${entry.name}</b>${entry.note ? `<span>${entry.note}</span>` : ''}</span>` +
      `<span class="option-price">${surcharge(entry.price)}</span></label>`,
  );
  return `<div class="options" role="radiogroup" aria-labelledby="step-heading">${cards.join('')}</div>`;
}

function swatches(chosen) {
  const items = fabrics.map(
    (fabric) =>
      `<label class="swatch" title="${fabric.name}"><input type="radio" name="fabric" value="${fabric.id}"${fabric.id === chosen ? ' checked' : ''}>` +
      `<span class="swatch-dot" aria-hidden="true"><svg viewBox="0 0 10 10"><rect width="10" height="10" fill="${fabric.colour}"/></svg></span>` +
      `<span class="swatch-name">${fabric.name}</span><span class="swatch-price">${surcharge(fabric.price)}</span></label>`,
  );
  return `<div class="swatches" role="radiogroup" aria-labelledby="step-heading">${items.join('')}</div>`;
}

function extraCards(chosen) {
  const cards = extras.map(
    (extra) =>
      `<label class="option"><input type="checkbox" name="extras" value="${extra.id}"${chosen.includes(extra.id) ? ' checked' : ''}>` +
      `<span class="option-words"><b>${extra.name}</b><span>${extra.note}</span></span>` +
      `<span class="option-price">${surcharge(extra.price)}</span></label>`,
  );
  return `<div class="options">${cards.join('')}</div>`;
}

function summary(piece, choice) {
  const rows = [
    [pieces[piece].name, formatEuros(pieces[piece].base)],
    [fabricOf(choice).name, surcharge(fabricOf(choice).price)],
    [`${sizeOf(choice).name} size`, surcharge(sizeOf(choice).price)],
    [`${legsOf(choice).name} legs`, surcharge(legsOf(choice).price)],
    ...extras
      .filter((extra) => choice.extras.includes(extra.id))
      .map((extra) => [extra.name, surcharge(extra.price)]),
  ];
  return (
    `<dl class="summary-list">${rows.map(([name, price]) => `<div><dt>${name}</dt><dd>${price}</dd></div>`).join('')}</dl>` +
    `<form method="post" action="/cart"><input type="hidden" name="configuration" value="${encodeConfiguration(piece, choice)}">` +
    `<button class="button" id="add-configuration">Add to cart, ${formatEuros(totalOf(piece, choice))}</button></form>`
  );
}

export function stepPanel(piece, step, choice) {
  const bodies = {
    fabric: () => swatches(choice.fabric),
    size: () => choiceCards('size', sizes, choice.size, false),
    legs: () => choiceCards('legs', legs, choice.legs, true),
    extras: () => extraCards(choice.extras),
    summary: () => summary(piece, choice),
  };
  const at = steps.findIndex((entry) => entry.id === step);
  const link = (entry, className, words) =>
    entry
      ? `<a class="${className}" data-place href="/configurator/${piece}/${entry.id}">${words(entry.name)}</a>`
      : `<a class="${className}" data-place href="/configurator">Another piece</a>`;
  const back = link(steps[at - 1], 'button quiet', (name) => `Back to ${name.toLowerCase()}`);
  const next = steps[at + 1] ? link(steps[at + 1], 'button', (name) => `Next: ${name.toLowerCase()}`) : '';
  return `${heading(step)}${bodies[step]()}<p class="step-moves">${back}${next}</p>`;
}

export function stepLinks(piece, step) {
  return steps
    .map(
      (entry, index) =>
        `<li><a data-place id="step-${entry.id}" href="/configurator/${piece}/${entry.id}"${entry.id === step ? ' aria-current="step"' : ''}><span aria-hidden="true">${index + 1}</span>${entry.name}</a></li>`,
    )
    .join('');
}

export function pieceCards(choice) {
  return Object.entries(pieces)
    .map(
      ([id, piece]) =>
        `<a class="piece" data-place id="piece-${id}" href="/configurator/${id}/fabric"><svg class="preview-drawing" viewBox="0 60 640 350" aria-hidden="true">${previewDrawing(id, choice)}</svg>` +
        `<span><b>${piece.name}</b><span class="muted">${piece.lead}</span></span><span class="piece-price">from ${formatEuros(piece.base)}</span></a>`,
    )
    .join('');
}

/** Everything under the page's title. */
export function configuratorView(place, choice) {
  if (place.piece === null) {
    return `<div class="pieces" data-view="pieces">${pieceCards(choice)}</div>`;
  }
  const { piece, step } = place;
  return (
    `<div class="configurator" data-view="${piece}">` +
    `<figure class="preview"><svg id="preview" class="preview-drawing" viewBox="0 60 640 390" role="img" aria-label="${previewLabel(piece, choice)}">${previewDrawing(piece, choice)}</svg>` +
    `<figcaption><span id="choice-words">${describeChoice(choice)}</span><output id="total" class="total">${formatEuros(totalOf(piece, choice))}</output></figcaption></figure>` +
    `<div class="builder"><nav aria-label="Steps"><ol class="steps" id="steps">${stepLinks(piece, step)}</ol></nav>` +
    `<section id="step-panel" class="step-panel">${stepPanel(piece, step, choice)}</section></div></div>`
  );
}
