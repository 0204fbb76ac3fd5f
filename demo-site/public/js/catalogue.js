const form = document.querySelector('#filters');

// The form works without this: it only saves the press on "Show".
form.addEventListener('change', (event) => {
  if (event.target.type !== 'search' && event.target.type !== 'number') form.requestSubmit();
});

const button = document.querySelector('#filter-button');

button.addEventListener('click', () => {
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
  form.toggleAttribute('data-open', open);
});
