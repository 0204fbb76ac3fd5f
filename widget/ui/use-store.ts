import { useEffect, useState } from 'preact/hooks';
import type { Store, WidgetState } from '../store.ts';

export function useStore(store: Store): WidgetState {
  const [state, setState] = useState(store.get);
  useEffect(() => {
    setState(store.get);
    return store.subscribe(() => setState(store.get));
  }, [store]);
  return state;
}
