const maxRecent = 6;

/** Searches that led somewhere, newest first, as they are kept: one a line. */
export function recentSearches(kept: string | null): string[] {
  return (kept ?? '').split('\n').filter(Boolean);
}

/** Puts a search at the top; the beginnings of it that were typed on the way go. */
export function withRecentSearch(recent: readonly string[], text: string): string[] {
  const wanted = text.trim().replaceAll(/\s+/g, ' ');
  if (wanted === '') return [...recent];
  const folded = wanted.toLowerCase();
  const others = recent.filter((other) => !folded.startsWith(other.toLowerCase()));
  return [wanted, ...others].slice(0, maxRecent);
}
