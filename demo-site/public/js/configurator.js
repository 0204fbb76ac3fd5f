import {
  describeChoice,
  fabricOf,
  formatEuros,
  legsOf,
  parsePlace,
  pieces,
  resolveChoice,
  steps,
  totalOf,
} from './configurator-model.js';
import { configuratorView, previewDrawing, previewLabel, stepLinks, stepPanel } from './configurator-view.js';

const root = document.querySelector('#configurator');
const storageKey = 'nordwald-configuration';

function storedChoice() {
  try {
    return resolveChoice(JSON.parse(sessionStorage.getItem(storageKey)));
  } catch {
    return resolveChoice(null);
  }
}

let choice = storedChoice();
let place = parsePlace(location.pathname) ?? { piece: null, step: null };

function titleOf({ piece, step }) {
  if (piece === null) return 'Configurator · Nordwald';
  return `${steps.find((entry) => entry.id === step).name} · ${pieces[piece].name} · Nordwald`;
}

/** Colours are variables on the root, so that a new fabric is one style change and the CSS can fade it. */
function paint() {
  root.style.setProperty('--fabric', fabricOf(choice).colour);
  root.style.setProperty('--legs', legsOf(choice).colour);
}

function showPlace(next, { focus }) {
  const samePiece = next.piece !== null && next.piece === place.piece && root.querySelector('#step-panel');
  place = next;
  document.title = titleOf(place);
  if (samePiece) {
    root.querySelector('#steps').innerHTML = stepLinks(place.piece, place.step);
    root.querySelector('#step-panel').innerHTML = stepPanel(place.piece, place.step, choice);
  } else {
    root.innerHTML = configuratorView(place, choice);
  }
  if (focus) root.querySelector('#step-heading')?.focus({ preventScroll: true });
}

function showChoice({ redraw }) {
  const { piece } = place;
  const preview = root.querySelector('#preview');
  paint();
  preview.setAttribute('aria-label', previewLabel(piece, choice));
  if (redraw) preview.innerHTML = previewDrawing(piece, choice);
  root.querySelector('#total').textContent = formatEuros(totalOf(piece, choice));
  root.querySelector('#choice-words').textContent = describeChoice(choice);
}

root.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-place]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const next = parsePlace(new URL(link.href).pathname);
  if (!next) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  showPlace(next, { focus: true });
});

root.addEventListener('change', (event) => {
  const { name, value } = event.target;
  if (name === 'extras') {
    const chosen = [...root.querySelectorAll('input[name="extras"]:checked')].map((input) => input.value);
    choice = resolveChoice({ ...choice, extras: chosen });
  } else if (name === 'fabric' || name === 'size' || name === 'legs') {
    choice = resolveChoice({ ...choice, [name]: value });
  } else {
    return;
  }
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(choice));
  } catch {
    // Private mode: the choice lives as long as the page.
  }
  showChoice({ redraw: name === 'size' || name === 'extras' });
});

addEventListener('popstate', () => {
  showPlace(parsePlace(location.pathname) ?? { piece: null, step: null }, { focus: false });
});

paint();
document.title = titleOf(place);
const isServersView = JSON.stringify(choice) === JSON.stringify(resolveChoice(null));
if (!isServersView) root.innerHTML = configuratorView(place, choice);
