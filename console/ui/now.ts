import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { timeLocale } from './time-words.ts';

const tickMs = 15_000;
const current = signal(Date.now());

/** The time for words like "2 min ago"; moves every 15 s while {@link startNow} runs. */
export const nowMs: ReadonlySignal<number> = current;

export const locale = timeLocale(typeof navigator === 'undefined' ? [] : navigator.languages);

export function startNow(): () => void {
  const timer = setInterval(() => {
    current.value = Date.now();
  }, tickMs);
  return () => clearInterval(timer);
}

/** Moves {@link nowMs} every second while a countdown is on screen. */
export function useSeconds(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    current.value = Date.now();
    const timer = setInterval(() => {
      current.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, [wanted]);
}
