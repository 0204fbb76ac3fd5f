import { keyCaps } from './key-commands.ts';

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

/** The keys of a command, each as a cap: `g i`, `mod+k`. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <span class="key-caps">
      {keyCaps(keys, isMac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
