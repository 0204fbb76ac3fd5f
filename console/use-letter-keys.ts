import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { LetterKeys } from './letter-keys.ts';

const context = createContext<LetterKeys | null>(null);

export const LetterKeysProvider = context.Provider;

/** Commands that hold while the component is there. */
export function useLetterKeys(commands: Readonly<Record<string, () => void>>): void {
  const keys = useContext(context);
  const latest = useRef(commands);
  latest.current = commands;
  const names = Object.keys(commands).join(',');
  useEffect(() => {
    const stable = Object.fromEntries(names.split(',').map((name) => [name, () => latest.current[name]?.()]));
    return keys?.add(stable);
  }, [keys, names]);
}
