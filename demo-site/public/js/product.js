const picture = document.querySelector('#product-picture');
const finishName = document.querySelector('#finish-name');

document.querySelector('#buy').addEventListener('change', (event) => {
  if (event.target.name !== 'finish') return;
  const { picture: source, name } = event.target.dataset;
  picture.src = source;
  picture.alt = `${picture.dataset.product} in ${name}`;
  finishName.textContent = name;
});
