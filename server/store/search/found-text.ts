import type { FoundText } from '../../../shared/wire.ts';
import { foldedText } from './folded-text.ts';
import { type TextWord, wordsOf } from './words.ts';

/** Length of an excerpt, about two lines, and how much of it stands before the first hit. */
const excerptChars = 160;
const leadChars = 40;

/** A whole text with what a search found in it. */
export function foundText(text: string, searched: readonly TextWord[]): FoundText {
  return { text, marks: marksIn(text, searched) };
}

/** About 160 characters around the first hit, cut between words. Line ends become spaces. */
export function foundExcerpt(text: string, searched: readonly TextWord[]): FoundText {
  const line = text.replace(/\s/g, ' ');
  const marks = marksIn(line, searched);
  if (line.length <= excerptChars) return { text: line, marks };

  const firstHit = marks[0]?.[0] ?? 0;
  const from = firstHit <= leadChars ? 0 : cutAfter(line, firstHit - leadChars, firstHit);
  const to = from + excerptChars >= line.length ? line.length : cutBefore(line, from + excerptChars);
  const before = from > 0 ? '…' : '';
  const after = to < line.length ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${line.slice(from, to)}${after}`,
    marks: marks.flatMap(([start, end]): FoundText['marks'] =>
      start >= from && start < to ? [[start + shift, Math.min(end, to) + shift]] : [],
    ),
  };
}

/** The first place behind a space, at least `place` and at most `limit`. */
function cutAfter(line: string, place: number, limit: number): number {
  const space = line.indexOf(' ', place);
  return space >= 0 && space < limit ? space + 1 : wholeCharacter(line, place);
}

/** The last space before `place`, unless that would drop a long word. */
function cutBefore(line: string, place: number): number {
  const space = line.lastIndexOf(' ', place);
  return space > place - leadChars ? space : wholeCharacter(line, place);
}

/** Steps back from the middle of a surrogate pair. */
function wholeCharacter(line: string, place: number): number {
  return /^[\udc00-\udfff]/.test(line.slice(place, place + 1)) ? place - 1 : place;
}

/** Ranges of the original text that match, in order, none touching another. */
function marksIn(original: string, searched: readonly TextWord[]): FoundText['marks'] {
  const folded = foldedText(original);
  const words = wordsOf(folded.text);
  const marks: FoundText['marks'] = [];
  for (const word of words) {
    for (const [place, length] of hitsIn(word, searched)) {
      const start = folded.startOf(word.place + place);
      const end = folded.endOf(word.place + place + length - 1);
      const last = marks.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else marks.push([start, end]);
    }
  }
  return marks;
}

/** Places and lengths of what is searched inside one word, in order. */
function hitsIn(word: TextWord, searched: readonly TextWord[]): Array<[place: number, length: number]> {
  const hits: Array<[number, number]> = [];
  for (const [index, { text, isRun }] of searched.entries()) {
    if (isRun !== word.isRun) continue;
    if (isRun) {
      for (let at = word.text.indexOf(text); at >= 0; at = word.text.indexOf(text, at + 1)) {
        hits.push([at, text.length]);
      }
    } else if (word.text === text || (index === searched.length - 1 && word.text.startsWith(text))) {
      hits.push([0, text.length]);
    }
  }
  return hits.sort(([a, lengthA], [b, lengthB]) => a - b || lengthB - lengthA);
}
