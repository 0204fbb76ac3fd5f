/** A language by its English name; a tag that is none stands as it is. */
export function languageWords(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The visitor's own clock, "Tue 14:03"; '' where the zone is not known. */
export function localTimeWords(timeZone: string, atMs: number, locale: string): string {
  if (timeZone === '') return '';
  try {
    const time = new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
    });
    return time.format(atMs);
  } catch {
    // A zone that this browser does not know.
    return '';
  }
}
