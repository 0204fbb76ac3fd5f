import markUrl from './mark.svg?no-inline';

/** Rapport's mark, two speech bubbles. */
export function Mark({ sizePx }: { sizePx: number }) {
  return <img class="mark" src={markUrl} width={sizePx} height={sizePx} alt="" />;
}
