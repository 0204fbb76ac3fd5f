const chosen = document.querySelector('#chosen-store');
const store = document.querySelector('#visit-store');

addEventListener('message', (event) => {
  if (event.origin !== location.origin || event.data?.type !== 'nordwald:store') return;
  chosen.textContent = event.data.city;
  store.value = event.data.city;
});
