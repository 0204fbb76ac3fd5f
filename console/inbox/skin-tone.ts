/** From the emoji's own yellow to dark, after Fitzpatrick. */
export const skinTones = [
  { id: 'default', name: 'Default', modifier: '' },
  { id: 'light', name: 'Light', modifier: '\u{1f3fb}' },
  { id: 'medium-light', name: 'Medium light', modifier: '\u{1f3fc}' },
  { id: 'medium', name: 'Medium', modifier: '\u{1f3fd}' },
  { id: 'medium-dark', name: 'Medium dark', modifier: '\u{1f3fe}' },
  { id: 'dark', name: 'Dark', modifier: '\u{1f3ff}' },
] as const;

export type SkinTone = (typeof skinTones)[number]['id'];

const family = '👪';

/** The emoji with this skin. Things, and groups whose people would each need a choice, stay as they are. */
export function withSkinTone(sign: string, tone: SkinTone): string {
  const modifier = skinTones.find(({ id }) => id === tone)?.modifier ?? '';
  const people = sign.match(/\p{Emoji_Modifier_Base}/gu);
  if (modifier === '' || people?.length !== 1 || sign.startsWith(family)) return sign;
  return sign.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/u, `$1${modifier}`);
}
