/** What stands between a sign and the caret: `[from, to)` in the text, the sign included. */
export interface TypedWord {
  from: number;
  to: number;
  query: string;
}

/** Longest name that a mention is looked up by. */
const maxMentionChars = 80;

/** `/shortcut` that is being typed at the start of the text or after a space; null when there is none. */
export function typedShortcut(text: string, caret: number): TypedWord | null {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  return match ? wordOf(match[1] ?? '', caret) : null;
}

/** `@name` that is being typed; a name may have several words on one line. */
export function typedMention(text: string, caret: number): TypedWord | null {
  const before = text.slice(Math.max(0, caret - maxMentionChars - 1), caret);
  const match = /(?:^|[^\p{L}\p{N}_@])@([^@\n]*)$/u.exec(before);
  return match ? wordOf(match[1] ?? '', caret) : null;
}

const wordOf = (query: string, caret: number): TypedWord => ({
  from: caret - query.length - 1,
  to: caret,
  query,
});

/** Puts `replacement` in the place of a typed word; `caret` stands behind it. */
export function replaceWord(
  text: string,
  { from, to }: Pick<TypedWord, 'from' | 'to'>,
  replacement: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + replacement + text.slice(to), caret: from + replacement.length };
}
