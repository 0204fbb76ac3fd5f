import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { Command, CommandRegistry } from './command-registry.ts';

const context = createContext<CommandRegistry | null>(null);

export const CommandsProvider = context.Provider;

/** The commands of the signed-in console; null outside of it. */
export function useCommandRegistry(): CommandRegistry | null {
  return useContext(context);
}

/** Commands that hold while the component is there. They may be made anew at each drawing. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(context);
  const latest = useRef(commands);
  latest.current = commands;
  // What the sheet and the menu show of them; what they do is always the newest.
  const shape = JSON.stringify(commands.map(({ icon, ...shown }) => ({ ...shown, run: shown.run === null })));
  // Before the frame that shows the page: a key that follows at once must not be lost.
  useLayoutEffect(() => {
    const stable = latest.current.map((command) => ({
      ...command,
      run: command.run && (() => latest.current.find(({ id }) => id === command.id)?.run?.()),
    }));
    return registry?.add(stable);
  }, [registry, shape]);
}
