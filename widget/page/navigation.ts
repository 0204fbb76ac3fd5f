import type { Page, Visit } from '../../shared/model/page.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { PageSource } from '../cobrowse-contract.ts';
import type { Clock } from './clock.ts';
import { shownTitle } from './shown-title.ts';
import { shownUrl } from './shown-url.ts';

/** Apps set the title a little after they change the address. */
const titleSettlesMs = 500;

export interface Navigation extends PageSource {
  visit(): Visit;
  close(): void;
}

type Listener = () => void;
interface PatchedHistory extends History {
  /** Listeners of the one patch; a second widget or a reloaded part finds it and adds its own. */
  rapportListeners?: Set<Listener>;
}

/** Follows the page's address, in apps that change it without loading a page too. */
export function createNavigation(parts: { clock: Clock; privacy: SiteConfig['privacy'] }): Navigation {
  const { clock } = parts;
  const { rules, shownQueryParams } = parts.privacy;
  const listeners = new Set<Listener>();
  let told = current();
  let forgetTitle = () => {};

  function current(): Page {
    return {
      url: shownUrl(location.href, shownQueryParams),
      title: shownTitle(document, rules, location.pathname),
    };
  }

  function compare() {
    const page = current();
    if (page.url === told.url && page.title === told.title) return;
    told = page;
    for (const listener of listeners) listener();
  }

  function onMoved() {
    compare();
    forgetTitle();
    forgetTitle = clock.after(titleSettlesMs, compare);
  }

  const unpatch = onHistoryChange(onMoved);
  addEventListener('popstate', onMoved);
  addEventListener('hashchange', onMoved);

  return {
    current,
    visit: () => ({
      page: current(),
      referrer: shownUrl(document.referrer, shownQueryParams),
      language: navigator.language.slice(0, 35),
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 64),
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      forgetTitle();
      unpatch();
      removeEventListener('popstate', onMoved);
      removeEventListener('hashchange', onMoved);
    },
  };
}

/** Patches `pushState` and `replaceState` at most once a page: others may have wrapped them since, so it stays. */
function onHistoryChange(listener: Listener): () => void {
  const patched = history as PatchedHistory;
  let listeners = patched.rapportListeners;
  if (!listeners) {
    const all = new Set<Listener>();
    listeners = all;
    Object.defineProperty(history, 'rapportListeners', { value: all });
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name];
      history[name] = function (this: History, ...args: Parameters<History['pushState']>) {
        original.apply(this, args);
        // After the app's own code: it often sets the title in the same turn.
        queueMicrotask(() => {
          for (const each of all) each();
        });
      };
    }
  }
  const joined = listeners;
  joined.add(listener);
  return () => joined.delete(listener);
}
