import { useEffect } from 'preact/hooks';

/** Title of the browser tab; `waiting` unread messages stand before it. */
export function usePageTitle(title: string, waiting = 0): void {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting > 99 ? '99+' : waiting}) ` : ''}${title} · Rapport`;
  }, [title, waiting]);
}
