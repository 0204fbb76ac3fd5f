import type { IconNode } from 'lucide';
import { createElement } from 'preact';
import './icon.css';

export interface IconProps {
  /** Icon of the lucide set, imported by name: `import { Inbox } from 'lucide'`. */
  node: IconNode;
  sizePx?: number;
  /** Turn round in right-to-left layouts, as arrows must. */
  directional?: boolean;
}

/** Drawing beside words; it has no accessible name of its own. */
export function Icon({ node, sizePx = 16, directional = false }: IconProps) {
  return (
    <svg
      class={directional ? 'icon icon-directional' : 'icon'}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={sizePx <= 16 ? 2 : 1.75}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {node.map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
