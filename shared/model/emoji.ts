/** What is taken of an entry of `emojibase-data/en/compact.json`. */
export interface SourceEmoji {
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
  order?: number;
  skins?: Array<{ unicode: string }>;
}

export interface Emoji {
  sign: string;
  name: string;
  /** Other words that find it. */
  words: string;
  /** It can have one of five skin tones. */
  hasTone: boolean;
  /** Place in {@link emojiGroups}. */
  group: number;
}

/** Groups of the pickers, with Unicode's own number. */
export const emojiGroups = [
  { name: 'Smileys and feelings', sign: '😀', of: 0 },
  { name: 'People and body', sign: '👋', of: 1 },
  { name: 'Animals and nature', sign: '🐻', of: 3 },
  { name: 'Food and drink', sign: '🍎', of: 4 },
  { name: 'Travel and places', sign: '✈️', of: 5 },
  { name: 'Activities', sign: '⚽', of: 6 },
  { name: 'Objects', sign: '💡', of: 7 },
  { name: 'Symbols', sign: '❤️', of: 8 },
  { name: 'Flags', sign: '🏁', of: 9 },
] as const;

/** Words beside the name, for each emoji: more would make the visitor's download a quarter larger. */
const mostWords = 5;

/**
 * All emoji as one text, made when widget and console are built: a line an emoji (`👋|waving hand|bye hello|+`), an empty line
 * between groups. A third of the size of the source, and parsed in a few milliseconds.
 */
export function emojiTable(source: readonly SourceEmoji[]): string {
  return emojiGroups
    .map(({ of }) =>
      source
        .filter(({ group }) => group === of)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
        .map(({ unicode, label, tags = [], skins }) => {
          const named = label.split(/[^\p{L}\p{N}]+/u);
          const isNew = (tag: string) => !named.some((word) => word.startsWith(tag));
          // "gtg" is for insiders: whole words first.
          const whole = tags.filter((tag) => isNew(tag) && /^\p{L}{4,12}$/u.test(tag));
          const short = tags.filter((tag) => isNew(tag) && /^\p{L}{1,3}$/u.test(tag));
          // The browser knows the names of countries by itself.
          if (countryOf(unicode)) return unicode;
          return `${unicode}|${label}|${[...whole, ...short].slice(0, mostWords).join(' ')}${skins ? '|+' : ''}`;
        })
        .join('\n'),
    )
    .join('\n\n');
}

/** `DE` for 🇩🇪; null for what is no country's flag. */
function countryOf(sign: string): string | null {
  const letters = [...sign].map((char) => (char.codePointAt(0) ?? 0) - 0x1f1e6);
  if (letters.length !== 2 || !letters.every((letter) => letter >= 0 && letter < 26)) return null;
  return letters.map((letter) => String.fromCharCode(65 + letter)).join('');
}

export function parseEmojiTable(table: string): Emoji[] {
  const countries = new Intl.DisplayNames(['en'], { type: 'region' });
  return table.split('\n\n').flatMap((lines, group) =>
    lines.split('\n').map((line): Emoji => {
      const [sign = '', label, words = '', tone] = line.split('|');
      const name = label ?? countries.of(countryOf(sign) ?? 'ZZ') ?? '';
      return { sign, name, words, hasTone: tone === '+', group };
    }),
  );
}

/** Light to dark; the first is the plain yellow one. */
export const skinTones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

/** The sign in this tone: on each person and hand in it, but not on a handshake between two persons. */
export function inTone({ sign, hasTone }: Emoji, tone: string): string {
  if (!hasTone || tone === '') return sign;
  return sign.replace(/(?<!\u200D(?=🤝))(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tone}`);
}

/** The most used of those that people look for, the most used first, after Unicode's own count of 2021. */
const bestKnown =
  '😂❤🤣👍😭🙏😘🥰😍😊🎉😁💕😅🔥🤷😆🤗😉🎂🤔👏🙂🥳😎👌💪✨👀😢💯🌹😡🤞🙌😀💔🤩😱😴🎶✌☀💰👑🎁✅👋';

/**
 * Emoji that have all these words, or beginnings of them. The one of exactly that name stands first, then those that have
 * the words whole, the best known before the others.
 */
export function foundEmoji(all: readonly Emoji[], query: string): Emoji[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const known = [...bestKnown];
  const phrase = wanted.join(' ');
  const found = all.flatMap((emoji) => {
    const name = emoji.name.toLowerCase();
    const own = ` ${name} ${emoji.words} `.replace(/[-(:.,’]/g, ' ');
    if (!wanted.every((word) => own.includes(` ${word}`))) return [];
    const isWhole = wanted.every((word) => own.includes(` ${word} `));
    const use = known.indexOf(emoji.sign.replace('\uFE0F', ''));
    const rank = name === phrase ? 0 : (isWhole ? 1 : 3) + (use < 0 ? 1 : use / known.length);
    return [{ emoji, rank, isNamedSo: name.startsWith(phrase) }];
  });
  return found
    .sort((a, b) => a.rank - b.rank || Number(b.isNamedSo) - Number(a.isNamedSo))
    .map(({ emoji }) => emoji);
}
