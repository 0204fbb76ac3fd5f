import { h } from 'preact';

type IconNode = ReadonlyArray<
  readonly [tag: string, attributes: Record<string, string | number | undefined>]
>;

/** A lucide icon; always decoration, its button has a name. */
export function Icon({ of, size = 20 }: { of: IconNode; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {of.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  );
}
