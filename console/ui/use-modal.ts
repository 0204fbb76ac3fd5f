import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const firstField = 'select, textarea, input:not([type="checkbox"], [type="radio"], [type="file"])';

/**
 * Shows a `<dialog>` as modal while it is rendered, and gives the focus back to where it was. The browser would do that
 * only for a dialog that is closed before it leaves the page.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    // A form begins at its first field, not at the button that closes it.
    element?.querySelector<HTMLElement>(firstField)?.focus();
    return () => {
      element?.close();
      const now = document.activeElement;
      const isLost = now === null || now === document.body || (element?.contains(now) ?? false);
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog;
}
