import { html } from '../html.mjs';
import { renderPage } from './layout.mjs';

export function renderAbout(visit) {
  return renderPage(visit, {
    title: 'About us',
    description: 'Sixty-two people, one workshop and thirty years of furniture.',
    content: html`<div class="wrap">
  <div class="page-head"><h1>We make furniture slowly</h1><p>Nordwald began in 1994 with one lathe, two sisters and an order for forty chairs.</p></div>
  <div class="scene"><img src="/images/scenes/workshop.svg" width="1600" height="900" alt="The workshop: a long bench, tools on the wall and a chair in the making"></div>
  <section class="section narrow">
    <h2>Sixty-two people, one roof</h2>
    <p>Everything with our name on it is drawn, cut, sewn and packed in the old sawmill at Lauenburg, half an hour up the Elbe from Hamburg. The person who upholsters your armchair signs it underneath.</p>
    <p>We buy oak and ash from foresters we know by first name, and walnut only when a tree has to come down. Offcuts become stools, shavings heat the workshop, and dust, sadly, stays dust.</p>
    <h2>Repair comes first</h2>
    <p>We keep parts for every piece we have ever sold. If a leg breaks in 2041, ring us; someone will know which one you mean.</p>
  </section>
  <section class="section">
    <div class="promises">
      <div><h3>1994</h3><p>Forty chairs for a village school. Thirty-eight are still in use.</p></div>
      <div><h3>2008</h3><p>The first house in Hamburg opens, on a rainy Tuesday.</p></div>
      <div><h3>2021</h3><p>All foam replaced by natural latex, wool and horsehair.</p></div>
    </div>
  </section>
</div>`,
  });
}
