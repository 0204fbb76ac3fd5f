for (const button of document.querySelectorAll('[data-reveals]')) {
  const field = document.querySelector(`#${button.dataset.reveals}`);
  button.addEventListener('click', () => {
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    button.textContent = shown ? 'Show' : 'Hide';
    button.setAttribute('aria-pressed', String(!shown));
  });
}

const note = document.querySelector('#note');
const left = document.querySelector('#note-left');

function showLeft() {
  left.textContent = `${note.maxLength - note.value.length} characters left`;
}

note.addEventListener('input', showLeft);
showLeft();
