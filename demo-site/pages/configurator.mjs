import { html, raw } from '../html.mjs';
import { pieces, resolveChoice, steps } from '../public/js/configurator-model.js';
import { configuratorView } from '../public/js/configurator-view.js';
import { renderPage } from './layout.mjs';

export function renderConfigurator(visit, place) {
  const title =
    place.piece === null
      ? 'Configurator'
      : `${steps.find((step) => step.id === place.step).name} · ${pieces[place.piece].name}`;
  return renderPage(visit, {
    title,
    description: 'Choose fabric, size and legs, and see the price as you go.',
    scripts: ['configurator'],
    content: html`<div class="wrap">
  <div class="page-head"><h1>Build your own</h1><p>Start with a shape, then make it yours. Nothing is ordered until you say so.</p></div>
  <div id="configurator">${raw(configuratorView(place, resolveChoice(null)))}</div>
  <noscript><p class="notice">The configurator needs scripts. Ring us on +49 4153 555 0194 and we will do it together.</p></noscript>
</div>`,
  });
}
