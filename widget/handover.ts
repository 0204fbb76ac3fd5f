import type { SiteConfig } from '../shared/model/site.ts';
import type { WidgetOptions } from './options.ts';
import type { OutboxShelf } from './outbox.ts';
import type { Navigation } from './page/navigation.ts';
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
  /** Only in the pop-out window, where the panel is all there is. */
  popout?: PopoutVisitor;
  /** From now on calls and presses of the launcher go there. */
  take(run: (args: readonly unknown[]) => unknown): void;
}

/** The visitor whom another page has handed over to its pop-out window. */
export interface PopoutVisitor {
  /** The visitor's entry as that page keeps it, see `visitor-record.ts`. */
  record: string;
  shelf: OutboxShelf;
  /** Stands for the page that the visitor was on. */
  navigation: Navigation;
  /** A signed identity token that is fresh, asked of that page; null without one or when that page is gone. */
  identity(): Promise<string | null>;
  /** That page plays the sounds while it is there. */
  isOpenerThere(): boolean;
  close(): void;
}

/** Exported by `main.ts`. */
export type Start = (handover: Handover) => void;
