import { type ReadonlySignal, signal } from '@preact/signals';
import type { IconNode } from 'lucide';

/** In the order in which the sheet of keys and the menu show them. */
export const commandGroups = ['Conversation', 'Composer', 'List', 'Go to', 'Sites', 'Console'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something that an agent can have done by a key or out of the command menu. */
export interface Command {
  /** The same after a reload: what was used last is remembered by it, e.g. `conversation.close`. */
  id: string;
  /** What it does, as a button would say it: "Close the conversation". */
  label: string;
  group: CommandGroup;
  icon?: IconNode;
  /**
   * Keys that start it: a letter or sign (`e`, `J`, `?`), `g` and a letter (`g i`), or `mod+k`, `mod+shift+f` with
   * Ctrl or Cmd, which hold in text fields too. The first is shown.
   */
  keys?: readonly string[];
  /** More words under which the menu finds it. */
  words?: string;
  /** Null: the keys are handled by the place that has the focus; the sheet tells of them, nothing else does. */
  run: (() => void) | null;
  /** False: not possible now. Neither its keys nor the menu do anything. */
  enabled?: boolean;
  /** Only by its keys: the menu would not be the place for it, e.g. "next row". */
  keysOnly?: boolean;
}

export interface CommandRegistry {
  /** Everything that can be done now. Of two with one id the newest counts. */
  all: ReadonlySignal<readonly Command[]>;
  /** Adds commands; the newest of a key wins. Returns how to take them away. */
  add(commands: readonly Command[]): () => void;
}

/** What can be done in the page that is shown: the one source of keys, of the sheet that tells them and of the menu. */
export function createCommandRegistry(): CommandRegistry {
  const all = signal<readonly Command[]>([]);
  let layers: Array<readonly Command[]> = [];

  function publish() {
    const byId = new Map<string, Command>();
    for (const command of layers.flat()) if (!byId.has(command.id)) byId.set(command.id, command);
    all.value = [...byId.values()];
  }
  return {
    all,
    add(commands) {
      layers = [commands, ...layers];
      publish();
      return () => {
        layers = layers.filter((layer) => layer !== commands);
        publish();
      };
    },
  };
}
