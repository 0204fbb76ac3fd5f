import { html } from '../html.mjs';
import { renderPage } from './layout.mjs';

/** Says why in plain words; never what was asked for. */
export function renderProblem(visit, { title, words }) {
  return renderPage(visit, {
    title,
    description: title,
    content: html`<div class="wrap narrow">
  <div class="page-head"><h1>${title}</h1><p>${words}</p></div>
  <div class="button-row"><a class="button" href="/">Home</a><a class="button quiet" href="/catalogue">The collection</a></div>
</div>`,
  });
}
