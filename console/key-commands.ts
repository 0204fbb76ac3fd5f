import type { Command } from './command-registry.ts';

/** How long `g` waits for its second letter. */
const chordMs = 1_200;

export interface KeyCommands {
  onKeyDown(event: KeyboardEvent): void;
}

export interface KeyCommandsParts {
  /** The newest of a key first. */
  commands(): readonly Command[];
  /** False: single letters are no commands; some assistive software needs them off. */
  letters(): boolean;
}

/** Starts commands by their keys. */
export function createKeyCommands({ commands, letters }: KeyCommandsParts): KeyCommands {
  let chord: { key: string; atMs: number } | null = null;

  return {
    onKeyDown(event) {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const started = chord && event.timeStamp - chord.atMs < chordMs ? chord.key : null;
      chord = null;
      const key = keyName(event);
      const isLetter = !key.startsWith('mod+');
      if (isLetter && (!letters() || event.key.length !== 1)) return;
      if (hasKeyboard(event.target, isLetter)) return;
      const name = started === null ? key : `${started} ${key}`;
      const command = commands().find((one) => one.keys?.includes(name) && one.run && one.enabled !== false);
      if (command?.run) {
        event.preventDefault();
        command.run();
      } else if (started === null && key === 'g') {
        chord = { key: 'g', atMs: event.timeStamp };
      }
    },
  };
}

/** As commands name their keys. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): string {
  if (!event.ctrlKey && !event.metaKey) return event.key;
  return `mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
}

/** Letters are for whoever writes; every key is for an open dialog or menu. */
function hasKeyboard(target: EventTarget | null, isLetter: boolean): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog, [role="dialog"], [role="menu"], [role="listbox"]') !== null) return true;
  if (!isLetter) return false;
  return (
    target.isContentEditable ||
    target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select') !== null
  );
}

const signs: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
};

/** A command's keys as the machine's keyboard calls them: `mod+shift+f` is Ctrl, Shift, F, or ⌘, ⇧, F. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  const words: Record<string, string> = isMac
    ? { mod: '⌘', shift: '⇧' }
    : { mod: 'Ctrl', shift: 'Shift', ...signs };
  return keys.split(/ |(?<=.)\+/).map((key) => {
    const said = words[key] ?? signs[key] ?? key;
    return keys.startsWith('mod+') && said.length === 1 ? said.toUpperCase() : said;
  });
}
