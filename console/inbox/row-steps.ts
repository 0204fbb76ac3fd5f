/** Rows that Page Up and Page Down pass: a page of a low window, so that none is missed. */
const pageRows = 8;

/** The row to which a key leads from `index`; null when it is no key of the list. */
export function rowSteps(key: string, index: number, count: number): number | null {
  const to: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
    Home: 0,
    End: count - 1,
  };
  const row = to[key];
  return row === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, row));
}
