import { useLocation } from 'preact-iso';
import { maxInboxCount } from '../../shared/limits.ts';
import { type InboxView, inboxViews } from '../../shared/model/inbox.ts';
import { useConsole } from '../console-context.ts';
import { locale } from '../ui/now.ts';
import { useCommands } from '../use-commands.ts';
import { type InboxPlace, inboxAddress } from './inbox-address.ts';
import { viewWords } from './view-words.ts';
import './inbox-views.css';

const keys: Record<InboxView, string> = {
  mine: 'g m',
  unassigned: 'g u',
  all: 'g a',
  mentions: 'g n',
  snoozed: 'g z',
  closed: 'g c',
};

/** The views with how much each holds, live. Links: they open in a tab of their own, and back returns. */
export function InboxViews({ place }: { place: InboxPlace }) {
  const { store } = useConsole();
  const { route } = useLocation();
  const counts = store.conversations.counts.value;
  useCommands(
    inboxViews.map((view) => ({
      id: `view.${view}`,
      label: `Show ${viewWords[view].list.toLowerCase()}`,
      group: 'Go to' as const,
      keys: [keys[view]],
      words: viewWords[view].name,
      run: () => route(inboxAddress({ ...place, view })),
    })),
  );
  return (
    <nav class="inbox-views" aria-label="Views">
      {inboxViews.map((view) => (
        <a
          key={view}
          class="inbox-view"
          href={inboxAddress({ ...place, view })}
          aria-current={view === place.view ? 'page' : undefined}
          aria-keyshortcuts={keys[view]}
        >
          <span>{viewWords[view].name}</span>{' '}
          <span class="inbox-view-count figures">{counts ? countWords(counts[view]) : ''}</span>
        </a>
      ))}
    </nav>
  );
}

/** Short, so that it stands still: 987, 1.2k, 10k+. */
export function countWords(count: number): string {
  if (count < 1_000) return String(count);
  const rounded = new Intl.NumberFormat(locale, { maximumFractionDigits: count < 10_000 ? 1 : 0 });
  return `${rounded.format(Math.floor(count / 100) / 10)}k${count >= maxInboxCount ? '+' : ''}`;
}
