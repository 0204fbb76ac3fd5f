import { foldedText } from './folded-text.ts';

/** A word of a folded text. */
export interface TextWord {
  text: string;
  /** Where it begins in the folded text. */
  place: number;
  /** Of a script that puts no spaces between words: it may hold several. */
  isRun: boolean;
}

/** PostgreSQL takes no words over 2 kB; nobody searches by more of one than this. */
const maxWordChars = 60;

const unspaced =
  '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}ー]';
const wordPattern = new RegExp(
  `(${unspaced}(?:${unspaced}|\\p{M})*)|(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}])+`,
  'gu',
);

/** Words of a text that is folded already. */
export function wordsOf(folded: string): TextWord[] {
  return Array.from(folded.matchAll(wordPattern), ({ 0: text, 1: run, index }) => ({
    text,
    place: index,
    isRun: run !== undefined,
  }));
}

/**
 * Words under which a text is found, each once. A run is found by its characters and its pairs of neighbours, so by any
 * part of it.
 */
export function indexedWords(text: string): string[] {
  const words = new Set<string>();
  for (const word of wordsOf(foldedText(text).text)) {
    if (!word.isRun) words.add(shortened(word.text));
    else for (const part of [...word.text, ...pairs(word.text)]) words.add(part);
  }
  return [...words];
}

/** What a person looks for; empty when the text holds no word. */
export function searchedWords(text: string): TextWord[] {
  return wordsOf(foldedText(text).text);
}

/** A word that must stand in the index, or one that begins so. */
export interface WordSought {
  word: string;
  isBeginning: boolean;
}

/** The last word may be unfinished. */
export function wordsSought(searched: readonly TextWord[]): WordSought[] {
  return searched.flatMap(({ text, isRun }, index) => {
    if (!isRun) return [{ word: shortened(text), isBeginning: index === searched.length - 1 }];
    const parts = pairs(text);
    return (parts.length > 0 ? parts : [text]).map((word) => ({ word, isBeginning: false }));
  });
}

function pairs(run: string): string[] {
  const letters = [...run];
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

function shortened(word: string): string {
  return word.length > maxWordChars ? [...word].slice(0, maxWordChars).join('') : word;
}
