import { html } from '../html.mjs';
import { stores } from '../stores.mjs';
import { selectField, textField } from './form-field.mjs';
import { renderPage } from './layout.mjs';

export function renderVisitUs(visit) {
  const isBooked = visit.url.searchParams.get('booked') === '1';
  return renderPage(visit, {
    title: 'Visit us',
    description: 'Four houses in Hamburg, Berlin, Copenhagen and Vienna.',
    styles: ['visit-us'],
    scripts: ['visit-us'],
    content: html`<div class="wrap">
  <div class="page-head"><h1>Visit us</h1><p>Four houses where everything may be sat on. You are looking at: <strong id="chosen-store">Hamburg</strong>.</p></div>
  ${isBooked && html`<p class="notice" id="booked" role="status">Your hour is booked. We look forward to it.</p>`}
  <iframe class="map-frame" id="store-map" src="/frames/store-map" title="Store finder"></iframe>
  <section class="section">
    <h2>Book an hour with one of us</h2>
    <form class="visit-form" method="post" action="/visit-us">
      ${selectField({ id: 'visit-store', name: 'store', label: 'House', choices: stores.map(({ city }) => [city, city]), value: 'Hamburg' })}
      ${textField({ id: 'visit-date', name: 'date', label: 'Day', type: 'date', required: true })}
      ${selectField({ id: 'visit-hour', name: 'hour', label: 'Hour', choices: ['10:00', '12:00', '14:00', '16:00'].map((hour) => [hour, hour]) })}
      <button class="button">Book</button>
    </form>
  </section>
</div>`,
  });
}
