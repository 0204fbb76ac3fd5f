import { textOn } from '../../shared/model/color.ts';

/** First letters of the first and last word, by code point: names need not be ASCII. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

export function Avatar({ name, color, online }: { name: string; color: string; online?: boolean }) {
  const background = /^#[0-9a-f]{6}$/i.test(color) ? color : '#5b5ea6';
  return (
    <span
      class="avatar"
      style={{ backgroundColor: background, color: textOn(background) }}
      aria-hidden="true"
    >
      {initials(name)}
      {online && <span class="dot" />}
    </span>
  );
}
