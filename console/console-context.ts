import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Connection } from './connection.ts';
import type { Desk } from './inbox/desk.ts';
import type { KeptText } from './kept-text.ts';
import type { Notifications } from './notification-settings.ts';
import type { Preferences } from './preferences.ts';
import type { Store } from './store.ts';
import type { Toasts } from './ui/toasts.ts';

/** What every page of the signed-in console may use. */
export interface ConsoleParts {
  /** Ends the sign-in and forgets what was written and not sent; tells when it did not work. */
  signOut(): void;
  connection: Connection;
  store: Store;
  preferences: Preferences;
  toasts: Toasts;
  desk: Desk;
  notifications: Notifications;
  /** Kept for this agent and this tab; gone with the sign-out. */
  kept: KeptText;
}

const context = createContext<ConsoleParts | null>(null);

export const ConsoleProvider = context.Provider;

export function useConsole(): ConsoleParts {
  const parts = useContext(context);
  if (!parts) throw new Error('useConsole needs a ConsoleProvider above it');
  return parts;
}
