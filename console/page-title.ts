import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const page = signal('');

/** Title of the browser tab while the page is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    page.value = title;
  }, [title]);
}

/** Keeps the tab's title: the page's name and, before it, how many visitors wait. Returns how to stop. */
export function keepPageTitle(waiting: () => number): () => void {
  return effect(() => {
    const count = waiting();
    if (page.value === '') return;
    document.title = `${count > 0 ? `(${count > 99 ? '99+' : count}) ` : ''}${page.value} · Rapport`;
  });
}
