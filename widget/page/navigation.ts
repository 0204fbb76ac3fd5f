import { maxTitleChars } from '../../shared/limits.ts';
import type { Page, Visit } from '../../shared/model/page.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { PageSource } from '../cobrowse-contract.ts';
import type { Clock } from './clock.ts';
import { ownTitle } from './page-title.ts';
import { shownUrl } from './shown-url.ts';
import { strictJudge } from './text-judge.ts';

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
  const { clock, privacy } = parts;
  const listeners = new Set<Listener>();
  let judge = strictJudge;
  let told = current();
  let forgetTitle = () => {};

  function current(): Page {
    return {
      url: shownUrl(location.href, privacy.shownQueryParams, judge),
      title: privacy.strict
        ? ''
        : judge
            .title(
              { title: ownTitle(document), querySelector: (selector) => document.querySelector(selector) },
              privacy.rules,
              location.pathname,
            )
            .slice(0, maxTitleChars),
    };
  }

  const visit = (): Visit => ({
    page: current(),
    referrer: shownUrl(document.referrer, privacy.shownQueryParams, judge),
    language: navigator.language.slice(0, 35),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 64),
  });

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
    judgeExactly();
  }

  /** What cannot be had now stays hidden, and is asked for on the next page. */
  function judgeExactly() {
    const { page, referrer } = visit();
    const isHidden = /\*\*\*/.test(page.url + referrer) || !page.title;
    if (judge !== strictJudge || !isHidden) return;
    import('./exact-judge.ts').then(
      ({ exactJudge }) => {
        judge = exactJudge;
        compare();
      },
      () => {},
    );
  }

  judgeExactly();
  const unpatch = onHistoryChange(onMoved);
  addEventListener('popstate', onMoved);
  addEventListener('hashchange', onMoved);

  return {
    current,
    visit,
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
