import { useState } from 'preact/hooks';
import './avatar.css';

export interface AvatarProps {
  name: string;
  /** Agents have a colour of their own, chosen dark enough for white text; visitors have none. */
  color?: string | undefined;
  /** Id of an agent's picture; initials stand in its place until it is there, and when it does not come. */
  avatar?: string | null;
  sizePx?: number;
}

/** An agent's picture, or the first letters of a name in a disc; beside the written name, so hidden from screen readers. */
export function Avatar({ name, color, avatar = null, sizePx = 24 }: AvatarProps) {
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <span
      class={color ? 'avatar avatar-colored' : 'avatar'}
      aria-hidden="true"
      style={{
        inlineSize: `${sizePx}px`,
        blockSize: `${sizePx}px`,
        fontSize: sizePx < 32 ? '11px' : `${Math.max(13, Math.round(sizePx * 0.34))}px`,
        ...(color ? { backgroundColor: color } : {}),
      }}
    >
      {initials(name)}
      {avatar !== null && avatar !== missing ? (
        <img class="avatar-picture" src={`/avatar/${avatar}`} alt="" onError={() => setMissing(avatar)} />
      ) : null}
    </span>
  );
}

/** At most two letters: "Ada King" is AK, "ada@shop.example" is A, "李雷" is 李. */
export function initials(name: string): string {
  const letters = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? []);
  const [first = '?'] = letters;
  const last = letters.length > 1 ? letters.at(-1) : '';
  // Two signs of a script without capitals say no more than one.
  return (first.toLowerCase() === first.toUpperCase() ? first : `${first}${last}`).toUpperCase();
}
