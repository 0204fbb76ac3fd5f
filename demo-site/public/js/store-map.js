const stores = JSON.parse(document.querySelector('#store-data').textContent);
const select = document.querySelector('#store-select');
const pins = [...document.querySelectorAll('[data-store]')];

function show(id) {
  const store = stores.find((entry) => entry.id === id);
  select.value = id;
  document.querySelector('#store-name').textContent = `Nordwald ${store.city}`;
  document.querySelector('#store-address').textContent = `${store.street}, ${store.postcode}`;
  document.querySelector('#store-hours').textContent = store.hours;
  document.querySelector('#store-phone').textContent = store.phone;
  document.querySelector('#store-note').textContent = store.note;
  for (const pin of pins) pin.setAttribute('aria-pressed', String(pin.dataset.store === id));
  parent.postMessage({ type: 'nordwald:store', city: store.city }, location.origin);
}

select.addEventListener('change', () => show(select.value));
for (const pin of pins) {
  pin.addEventListener('click', () => show(pin.dataset.store));
  pin.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    show(pin.dataset.store);
  });
}
