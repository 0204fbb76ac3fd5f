import type { SiteConfig } from '../shared/model/site.ts';
import type { WidgetOptions } from './options.ts';
import type { Launcher } from './shell/launcher.ts';

/** A call of `rapport(…)` from before the parts were there. */
export interface EarlyCall {
  args: readonly unknown[];
  /** The caller of `on` has unsubscribed meanwhile. */
  cancelled: boolean;
  /** What running the call returned, so that an unsubscribe given out early still works. */
  result?: unknown;
}

/** What the loader hands over to the parts. */
export interface Handover {
  origin: string;
  siteKey: string;
  config: SiteConfig;
  options: WidgetOptions;
  host: HTMLElement;
  root: ShadowRoot;
  launcher: Launcher;
  /** Whether the loader has been told to hide the widget. */
  hidden: boolean;
  calls: EarlyCall[];
  /** From now on calls and presses of the launcher go there. */
  take(run: (args: readonly unknown[]) => unknown): void;
}

/** Exported by `main.ts`. */
export type Start = (handover: Handover) => void;
