import { History, Search } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { maxSearchChars } from '../../shared/limits.ts';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useCommands } from '../use-commands.ts';
import { recentSearches, withRecentSearch } from './recent-searches.ts';
import { SearchHits } from './search-hits.tsx';
import { createSearchResults } from './search-results.ts';
import './search-page.css';

/** Messages, notes and customers with the words that are typed. The address holds them: back returns to the results. */
export function SearchPage() {
  const { connection, store, kept } = useConsole();
  const { query, route } = useLocation();
  usePageTitle('Search');
  const text = (query.q ?? '').slice(0, maxSearchChars);
  const isOneSite = query.site === 'this';
  const sites = store.sites.value;
  const currentId = store.current.value?.site.id ?? '';
  const results = useMemo(() => createSearchResults(connection), [connection]);
  useEffect(() => results.close, [results]);
  const field = useRef<HTMLInputElement>(null);
  const region = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  const [recent, setRecent] = useState(() => recentSearches(kept.read('searches')));

  const siteText = (isOneSite ? [currentId] : sites.map(({ site }) => site.id)).join(' ');
  const question = useMemo(() => ({ text, siteIds: siteText.split(' ').filter(Boolean) }), [text, siteText]);
  useEffect(() => {
    // A page that is opened with its words, by reload or from the command menu, need not wait for the typist.
    if (isFirst.current || text === '') results.askNow(question);
    else results.ask(question);
    isFirst.current = false;
  }, [results, question, text]);
  useLayoutEffect(() => {
    field.current?.focus();
  }, []);
  // Of the same name as the place in the rail, which it stands for while the page is here.
  useCommands([
    {
      id: 'go./console/search',
      label: 'Search messages and customers',
      group: 'Go to',
      icon: Search,
      keys: ['/', 'mod+shift+f'],
      run: () => field.current?.select(),
    },
  ]);

  const goTo = (next: { text?: string; one?: boolean }) => {
    const words = new URLSearchParams();
    const wanted = next.text ?? text;
    if (wanted !== '') words.set('q', wanted);
    if (next.one ?? isOneSite) words.set('site', 'this');
    // One step of history for the page, not one a letter.
    route(`/console/search${words.size > 0 ? `?${words}` : ''}`, true);
  };
  const remember = () => {
    if (text.trim() === '') return;
    const next = withRecentSearch(recent, text);
    setRecent(next);
    kept.write('searches', next.join('\n'));
  };
  const move = (event: KeyboardEvent) => {
    const links: Element[] = [...(region.current?.querySelectorAll('a, .search-recent') ?? [])];
    const at = document.activeElement ? links.indexOf(document.activeElement) : -1;
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (at >= 0) Object.assign(steps, { Home: 0, End: links.length - 1 });
    const to = steps[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === 'Escape' && at >= 0) field.current?.focus();
      return;
    }
    event.preventDefault();
    if (to < 0) field.current?.focus();
    else {
      const link = links[Math.min(to, links.length - 1)];
      if (link instanceof HTMLElement) link.focus();
    }
  };

  return (
    <main class="search" onKeyDown={move}>
      <header class="search-head">
        <h1 class="unseen">Search</h1>
        <search class="search-field">
          <Icon node={Search} />
          <input
            ref={field}
            type="search"
            aria-label="Search messages and customers"
            placeholder="Words of a message, a name, an e-mail address"
            maxLength={maxSearchChars}
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={(event) => goTo({ text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing) return;
              results.askNow(question);
              remember();
            }}
          />
        </search>
        {sites.length > 1 ? (
          <Segmented
            label="Where to search"
            value={isOneSite ? 'this' : 'all'}
            options={[
              { value: 'all', label: 'All sites' },
              { value: 'this', label: store.current.value?.site.settings.name ?? 'This site' },
            ]}
            onValue={(value) => goTo({ one: value === 'this' })}
          />
        ) : null}
      </header>
      <div class="search-body scrolls" ref={region}>
        <div class="search-column">
          {text.trim() === '' ? (
            <Beginning recent={recent} onRecent={(words) => goTo({ text: words })} />
          ) : (
            <SearchHits
              results={results}
              text={text}
              showsSite={!isOneSite && sites.length > 1}
              onRetry={() => results.askNow(question)}
              onOpen={remember}
            />
          )}
        </div>
      </div>
    </main>
  );
}

function Beginning({ recent, onRecent }: { recent: readonly string[]; onRecent: (text: string) => void }) {
  if (recent.length === 0) {
    return (
      <Notice icon={Search} title="Find what was said, and who said it">
        All words must be there, in any order; the last one may be unfinished. Private notes are searched too.
      </Notice>
    );
  }
  return (
    <section aria-label="Recent searches">
      <h2 class="search-title">Recent</h2>
      <ul>
        {recent.map((words) => (
          <li key={words}>
            <button type="button" class="search-recent" onClick={() => onRecent(words)}>
              <Icon node={History} />
              <bdi class="ellipsis">{words}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
