import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Tabs } from './tabs.ts';

/** Tells the other tabs what the agent has the eyes on here, and speaks for them once the agent comes to this tab. */
export function watchAttention(
  viewed: ReadonlySignal<string | null>,
  tabs: Pick<Tabs, 'attendTo' | 'takeLead'>,
): () => void {
  const isHere = () => document.visibilityState === 'visible' && document.hasFocus();
  const here = signal(isHere());
  const look = () => {
    here.value = isHere();
  };
  const stop = effect(() => {
    if (here.value) tabs.takeLead();
    tabs.attendTo(here.value ? viewed.value : null);
  });
  addEventListener('focus', look);
  addEventListener('blur', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    removeEventListener('focus', look);
    removeEventListener('blur', look);
    document.removeEventListener('visibilitychange', look);
  };
}
