const filter = document.querySelector('#parts-filter');
const inStock = document.querySelector('#parts-in-stock');
const count = document.querySelector('#parts-count');
const empty = document.querySelector('#parts-empty');
const rows = [...document.querySelectorAll('#parts-table tbody tr')];
const texts = rows.map((row) => row.textContent.toLowerCase());
const number = new Intl.NumberFormat('en-GB');
let isQueued = false;

function apply() {
  isQueued = false;
  const words = filter.value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const isMatch =
      words.every((word) => texts[i].includes(word)) && !(inStock.checked && 'out' in rows[i].dataset);
    if (isMatch) shown += 1;
    if (rows[i].hidden === isMatch) rows[i].hidden = !isMatch;
  }
  count.textContent = `${number.format(shown)} of ${number.format(rows.length)} parts`;
  empty.hidden = shown > 0;
}

function queue() {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(apply);
}

filter.addEventListener('input', queue);
inStock.addEventListener('change', queue);
