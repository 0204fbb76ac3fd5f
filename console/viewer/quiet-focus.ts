/**
 * Keeps the keyboard where the agent types. In browsers `showModal()` and `show()` move the focus into the dialog, and so
 * into our frame; an inert dialog cannot take it. Works on the window of a replayed document, where no script runs.
 */
export function keepFocusAway(page: Document): void {
  const view = page.defaultView;
  if (!view || quiet.has(view)) return;
  quiet.add(view);
  const { HTMLDialogElement: Dialog, HTMLElement: Base } = view as Window & typeof globalThis;
  const { showModal, show } = Dialog.prototype;
  const quietly = (open: () => void) =>
    function (this: HTMLDialogElement) {
      const wasInert = this.inert;
      this.inert = true;
      open.call(this);
      this.inert = wasInert;
    };
  Dialog.prototype.showModal = quietly(showModal);
  Dialog.prototype.show = quietly(show);
  Base.prototype.focus = () => {};
  // Without its attribute alone a modal dialog is unseen, yet keeps the page behind it inert: nothing can be pointed at.
  Dialog.prototype.removeAttribute = function (name) {
    if (name === 'open') this.close();
    Base.prototype.removeAttribute.call(this, name);
  };
}

const quiet = new WeakSet<Window>();
