let isKey = false;

/**
 * Whether the agent acted last by a key: what opens then leaves the keys to commands, and takes no focus into a field.
 * False before the first action.
 */
export const wasLastInputKey = (): boolean => isKey;

/** Follows keys and pointers while it runs; before anything else hears of them. */
export function startLastInput(): () => void {
  const stop = new AbortController();
  const note = (by: boolean) => () => {
    isKey = by;
  };
  addEventListener('keydown', note(true), { capture: true, signal: stop.signal });
  addEventListener('pointerdown', note(false), { capture: true, signal: stop.signal });
  return () => stop.abort();
}
