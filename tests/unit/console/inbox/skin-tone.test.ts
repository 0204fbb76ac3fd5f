import known from 'emojibase-data/en/data.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { skinTones, withSkinTone } from '../../../../console/inbox/skin-tone.ts';

const people = (sign: string) => sign.match(/\p{Emoji_Modifier_Base}/gu)?.length ?? 0;

it('gives a skin to every emoji of one person, as Unicode writes it', () => {
  const single = known.filter(({ emoji, skins }) => skins !== undefined && people(emoji) === 1);
  expect(single.length).toBeGreaterThan(250);
  for (const { emoji, skins = [] } of single) {
    for (const { emoji: toned, tone } of skins) {
      // Those of several people are a list.
      if (typeof tone === 'number') expect(withSkinTone(emoji, skinTones[tone]?.id ?? 'default')).toBe(toned);
    }
  }
});

it('leaves everything else as it is', () => {
  for (const { emoji } of known.filter(({ emoji, skins }) => skins === undefined || people(emoji) !== 1)) {
    expect(withSkinTone(emoji, 'dark')).toBe(emoji);
  }
  expect(withSkinTone('👋', 'default')).toBe('👋');
});
