import { useCallback, useState } from 'preact/hooks';
import { useConsole } from '../console-context.ts';
import { isSame } from './site-draft.ts';

/** The form of what is kept; another one would not be understood by this version. */
const version = 1;

/**
 * State of something that is being written: it outlives going elsewhere in the console and a reload of the tab, until it
 * equals `empty` again. Signing out forgets it. Of each state only what `worthKeeping` leaves is kept.
 */
export function useKeptState<T>(
  name: string,
  empty: T,
  worthKeeping: (state: T) => T = (state) => state,
): [T, (change: (known: T) => T) => void] {
  const { store } = useConsole();
  const key = `settings${version} ${name}`;
  const [state, setState] = useState<T>(() => readKept<T>(store.draft(key)) ?? empty);
  const change = useCallback(
    (make: (known: T) => T) =>
      setState((known) => {
        const next = make(known);
        const kept = worthKeeping(next);
        store.keepDraft(key, isSame(kept, empty) ? '' : JSON.stringify(kept));
        return next;
      }),
    [store, key, empty, worthKeeping],
  );
  return [state, change];
}

function readKept<T>(text: string): T | null {
  if (text === '') return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    // Somebody has changed the tab's storage by hand.
    return null;
  }
}
