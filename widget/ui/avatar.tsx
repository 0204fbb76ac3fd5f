import { useState } from 'preact/hooks';
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

/** `picture` is an address; where there is none, or the page's policy forbids it, the initials stand. */
export function Avatar({
  name,
  color,
  picture,
}: {
  name: string;
  color: string;
  picture?: string | null | undefined;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const background = /^#[0-9a-f]{6}$/i.test(color) ? color : '#5b5ea6';
  return (
    <span
      class="avatar"
      style={{ backgroundColor: background, color: textOn(background) }}
      aria-hidden="true"
    >
      {initials(name)}
      {picture && picture !== failed && (
        <img src={picture} alt="" referrerpolicy="no-referrer" onError={() => setFailed(picture)} />
      )}
    </span>
  );
}
