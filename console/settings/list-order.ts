/** The list with the item at `from` standing at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  if (item === undefined) return [...list];
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), item, ...rest.slice(place)];
}

/** Where a dragged row stands: the number of other rows whose middle is above the pointer. */
export function placeAt(
  pointerPx: number,
  others: ReadonlyArray<{ topPx: number; heightPx: number }>,
): number {
  return others.filter(({ topPx, heightPx }) => topPx + heightPx / 2 < pointerPx).length;
}
