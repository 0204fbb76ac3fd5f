/** Commands of single letters, and of `g` followed by a letter. */
export interface LetterKeys {
  /** Adds commands by key, e.g. `e` or `g i`; the newest of a key wins. Returns how to take them away. */
  add(commands: Readonly<Record<string, () => void>>): () => void;
  onKeyDown(event: KeyboardEvent): void;
}

/** How long `g` waits for its second letter. */
const chordMs = 1_200;

export function createLetterKeys(isOn: () => boolean): LetterKeys {
  let layers: Array<Readonly<Record<string, () => void>>> = [];
  let chord: { key: string; atMs: number } | null = null;

  return {
    add(commands) {
      layers = [commands, ...layers];
      return () => {
        layers = layers.filter((layer) => layer !== commands);
      };
    },
    onKeyDown(event) {
      if (event.defaultPrevented || !isOn() || !isCommandKey(event)) return;
      const started = chord && event.timeStamp - chord.atMs < chordMs ? chord.key : null;
      chord = null;
      const name = started === null ? event.key : `${started} ${event.key}`;
      const command = layers.find((layer) => Object.hasOwn(layer, name))?.[name];
      if (command) {
        event.preventDefault();
        command();
      } else if (event.key === 'g') {
        chord = { key: 'g', atMs: event.timeStamp };
      }
    },
  };
}

/** Not while somebody writes, and not while a dialog or menu has the keyboard. */
function isCommandKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1)
    return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable) return false;
  return (
    target.closest(
      'input:not([type="radio"], [type="checkbox"]), textarea, select, dialog, [role="menu"]',
    ) === null
  );
}
