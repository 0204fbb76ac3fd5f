import type { ReadonlySignal } from '@preact/signals';

/** As the browser has it; `impossible` where it has no notifications, e.g. on a page without https. */
export type Permission = NotificationPermission | 'impossible';

/** What an agent can say of notifications; on or off and sound are {@link Preferences}. */
export interface Notifications {
  permission: ReadonlySignal<Permission>;
  /** There was something to tell and the browser was never asked: the moment to offer it. */
  wanted: ReadonlySignal<boolean>;
  /** The offer is declined for good. */
  dismiss(): void;
  /** Asks the browser if need be. Call it from a click: browsers demand it. */
  turnOn(): Promise<Permission>;
  turnOff(): void;
  /** Plays the sound and shows a notification, as far as they are on. */
  tryOut(): void;
  /** The conversation of a notification that was clicked, until it is taken. */
  opened: ReadonlySignal<string | null>;
  takeOpened(): void;
}
