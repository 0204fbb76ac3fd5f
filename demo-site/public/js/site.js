const button = document.querySelector('#menu-button');
const menu = document.querySelector('#site-menu');

function setOpen(open) {
  button.setAttribute('aria-expanded', String(open));
  menu.toggleAttribute('data-open', open);
}

button.addEventListener('click', () => setOpen(button.getAttribute('aria-expanded') !== 'true'));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || button.getAttribute('aria-expanded') !== 'true') return;
  setOpen(false);
  button.focus();
});
