import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import {
  emojiGroups,
  emojiTable,
  foundEmoji,
  inTone,
  parseEmojiTable,
  type SourceEmoji,
  skinTones,
} from '../../../../shared/model/emoji.ts';

const sourceFile = createRequire(import.meta.url).resolve('emojibase-data/en/compact.json');
const source = JSON.parse(readFileSync(sourceFile, 'utf8')) as SourceEmoji[];
const all = parseEmojiTable(emojiTable(source));
const signs = (query: string) => foundEmoji(all, query).map(({ sign }) => sign);

it('holds every emoji of every group, once', () => {
  const wanted = source.filter(({ group }) => emojiGroups.some(({ of }) => of === group));
  expect(all).toHaveLength(wanted.length);
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  for (const index of emojiGroups.keys()) expect(all.some(({ group }) => group === index)).toBe(true);
  expect(all.every(({ name }) => name !== '')).toBe(true);
});

it('a tone is put where Unicode puts it', () => {
  const bySign = new Map(all.map((emoji) => [emoji.sign, emoji]));
  for (const { unicode, skins = [] } of source) {
    const emoji = bySign.get(unicode);
    const known = skins.map((skin) => skin.unicode.replaceAll('\uFE0F', ''));
    if (!emoji?.hasTone) continue;
    for (const tone of skinTones.slice(1))
      expect(known).toContain(inTone(emoji, tone).replaceAll('\uFE0F', ''));
  }
  const rocket = bySign.get('🚀');
  expect(rocket && inTone(rocket, '🏾')).toBe('🚀');
});

it('is found by name and by other words, also unfinished', () => {
  expect(signs('thumbs up')).toEqual(['👍️']);
  expect(signs('+1')).toEqual([]);
  expect(signs('hello')).toContain('👋');
  expect(signs('wavi ha')).toEqual(['👋']);
  expect(signs('germany')).toEqual(['🇩🇪']);
  expect(signs('GRIN')[0]).toMatch(/\p{Emoji}/u);
  expect(signs('   ')).toEqual([]);
  expect(signs('no such emoji at all')).toEqual([]);
});

it.each([
  ['heart', '❤'],
  ['love', '❤'],
  ['fire', '🔥'],
  ['thumbs', '👍'],
  ['party', '🎉'],
  ['ok', '👌'],
  ['cat', '🐈'],
  ['star', '⭐'],
  ['sun', '☀'],
  ['check', '✅'],
  ['heart with arrow', '💘'],
])('by “%s” the one that everybody means comes first', (query, sign) => {
  expect(signs(query)[0]?.replace('\uFE0F', '')).toBe(sign);
});
