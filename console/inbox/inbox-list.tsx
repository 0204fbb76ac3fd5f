import { CloudOff, Inbox, ListFilter, PhoneCall } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { noFilter } from '../../shared/model/inbox.ts';
import { useConsole } from '../console-context.ts';
import type { ConversationList } from '../conversation-list.ts';
import { type InboxScope, isFiltered } from '../inbox-scope.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { WindowList } from '../ui/window-list.tsx';
import { useCommandRegistry, useCommands } from '../use-commands.ts';
import { type InboxPlace, inboxAddress } from './inbox-address.ts';
import { FilterChips, filterParts, InboxFilter } from './inbox-filter.tsx';
import { InboxRow } from './inbox-row.tsx';
import { InboxViews } from './inbox-views.tsx';
import { rowSteps } from './row-steps.ts';
import { viewWords } from './view-words.ts';
import './inbox-list.css';

/** Same as `--row-height` in tokens.css. */
const rowPx = 64;

export interface InboxListProps {
  place: InboxPlace;
  scope: InboxScope;
  selectedId: string | null;
}

export function InboxList({ place, scope, selectedId }: InboxListProps) {
  const { store } = useConsole();
  const { route } = useLocation();
  const { conversations } = store;
  const registry = useCommandRegistry();
  const { view } = place;
  const list = conversations.lists[view];
  const ids = list.ids.value;
  const [filtering, setFiltering] = useState(false);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const frame = useRef<HTMLElement>(null);

  const anchorId = [focusedId, selectedId].find((id) => id !== null && ids.includes(id)) ?? ids[0] ?? null;
  const anchorIndex = anchorId === null ? -1 : ids.indexOf(anchorId);

  useLayoutEffect(() => {
    if (!wantsFocus.current || anchorId === null) return;
    wantsFocus.current = false;
    document.getElementById(rowDomId(anchorId))?.focus();
  });

  const focusIndex = (index: number) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id === undefined) return;
    wantsFocus.current = true;
    setFocusedId(id);
    // The same row again is not drawn anew.
    if (id === focusedId) document.getElementById(rowDomId(id))?.focus();
  };
  const move = (step: number) => {
    // The first key shows where the keyboard is, then it moves.
    const isOnRow = anchorId !== null && document.activeElement?.id === rowDomId(anchorId);
    focusIndex(isOnRow || anchorId === selectedId ? anchorIndex + step : anchorIndex);
  };
  /** Its row gets the focus where it stands in the list: keys go on from there, and Enter leads into the reply. */
  const open = (id: string | undefined) => {
    if (id === undefined) return;
    wantsFocus.current = ids.includes(id);
    setFocusedId(id);
    route(inboxAddress(place, id));
  };
  const selectedIndex = selectedId === null ? -1 : ids.indexOf(selectedId);
  const nextWaiting = conversations.waiting.value.find((id) => id !== selectedId);
  useCommands([
    {
      id: 'list.next',
      label: 'Next row',
      group: 'List',
      keys: ['j'],
      keysOnly: true,
      run: () => move(1),
    },
    {
      id: 'list.previous',
      label: 'Row before',
      group: 'List',
      keys: ['k'],
      keysOnly: true,
      run: () => move(-1),
    },
    {
      id: 'list.arrows',
      label: 'Move by row or page',
      group: 'List',
      keys: ['ArrowDown', 'PageDown'],
      run: null,
    },
    { id: 'list.ends', label: 'First or last row', group: 'List', keys: ['Home', 'End'], run: null },
    {
      id: 'list.open',
      label: 'Open the row; once more, write a reply',
      group: 'List',
      keys: ['Enter'],
      run: null,
    },
    {
      id: 'list.open-next',
      label: 'Open the next conversation of the list',
      group: 'List',
      keys: ['J'],
      enabled: selectedIndex + 1 < ids.length,
      run: () => open(ids[selectedIndex < 0 ? Math.max(0, anchorIndex) : selectedIndex + 1]),
    },
    {
      id: 'list.open-previous',
      label: 'Open the conversation before in the list',
      group: 'List',
      keys: ['K'],
      enabled: selectedIndex > 0,
      run: () => open(ids[selectedIndex - 1]),
    },
    {
      id: 'list.open-waiting',
      label: 'Open who waits longest for you',
      group: 'List',
      keys: ['w'],
      enabled: nextWaiting !== undefined,
      run: () => open(nextWaiting),
    },
    {
      id: 'list.filter',
      label: filtering ? 'Hide the filter' : 'Filter by label, team, site or verified',
      group: 'List',
      icon: ListFilter,
      keys: ['f'],
      run: () => setFiltering(!filtering),
    },
  ]);

  useLayoutEffect(() => {
    if (filtering)
      frame.current?.querySelector<HTMLElement>('.inbox-filter input, .inbox-filter select')?.focus();
  }, [filtering]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' && selectedId !== null && document.activeElement?.id === rowDomId(selectedId)) {
      event.preventDefault();
      registry?.all
        .peek()
        .find(({ id }) => id === 'conversation.reply')
        ?.run?.();
      return;
    }
    const to = rowSteps(event.key, anchorIndex, ids.length);
    if (to === null) return;
    event.preventDefault();
    focusIndex(to);
  };

  const onNearEnd = useCallback(() => {
    if (list.more.value === 'idle') conversations.loadMore(view);
  }, [conversations, list, view]);
  const parts = filterParts(place);

  return (
    <section class="inbox-list" aria-label="Conversations" ref={frame}>
      <header class="inbox-head">
        <h1>Inbox</h1>
        <Button
          look="quiet"
          icon={PhoneCall}
          popup="dialog"
          label="A caller’s code"
          keys="g p"
          onClick={() =>
            registry?.all
              .peek()
              .find(({ id }) => id === 'cobrowse.code')
              ?.run?.()
          }
        />
        <Button
          look="quiet"
          icon={ListFilter}
          expanded={filtering}
          keys="f"
          label={parts === 0 ? 'Filter' : `Filter, ${parts} in use`}
          onClick={() => setFiltering(!filtering)}
        />
      </header>
      <InboxViews place={place} />
      {filtering ? (
        <InboxFilter
          place={place}
          scope={scope}
          onClose={() => {
            setFiltering(false);
            frame.current?.querySelector<HTMLElement>('.inbox-head button')?.focus();
          }}
        />
      ) : (
        <FilterChips place={place} scope={scope} />
      )}
      <Rows
        list={list}
        empty={<EmptyList place={place} />}
        onRetry={() => conversations.reload(view)}
        rows={
          <WindowList
            key={inboxAddress({ ...place })}
            label={viewWords[view].list}
            ids={ids}
            rowPx={rowPx}
            keptIndex={anchorIndex}
            isWhole={list.more.value === 'end'}
            onNearEnd={onNearEnd}
            onKeyDown={onKeyDown}
            renderRow={(id) => (
              <InboxRow
                id={id}
                domId={rowDomId(id)}
                href={inboxAddress(place, id)}
                selected={id === selectedId}
                reachable={id === anchorId}
                showsSite={scope.siteIds.length > 1}
                onFocus={setFocusedId}
              />
            )}
            footer={<ListFoot list={list} onRetry={() => conversations.loadMore(view)} />}
          />
        }
      />
    </section>
  );
}

interface RowsProps {
  list: ConversationList;
  rows: ComponentChildren;
  empty: ComponentChildren;
  onRetry: () => void;
}

function Rows({ list, rows, empty, onRetry }: RowsProps) {
  const phase = list.phase.value;
  if (list.ids.value.length > 0) return rows;
  if (phase === 'ready') return empty;
  if (phase === 'loading') return <ListSkeleton />;
  return (
    <Notice
      icon={CloudOff}
      tone="danger"
      title="The conversations did not load"
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {refusalWords(phase)}
    </Notice>
  );
}

function EmptyList({ place }: { place: InboxPlace }) {
  const words = viewWords[place.view];
  if (isFiltered(place.filter)) {
    return (
      <Notice
        icon={ListFilter}
        title="Nothing fits the filter"
        action={
          <a class="button button-plain" href={inboxAddress({ ...place, filter: noFilter })}>
            Clear the filter
          </a>
        }
      >
        There may be conversations here that it leaves out.
      </Notice>
    );
  }
  return (
    <Notice
      icon={Inbox}
      title={words.empty}
      action={
        place.view === 'all' ? (
          <a class="button button-plain" href="/console/settings">
            Get the script tag
          </a>
        ) : undefined
      }
    >
      {words.teaches}
    </Notice>
  );
}

function ListFoot({ list, onRetry }: { list: ConversationList; onRetry: () => void }) {
  const more = list.more.value;
  if (more === 'end' || more === 'idle') return null;
  if (more === 'loading') return <ListSkeleton rows={3} />;
  return (
    <div class="inbox-foot" role="alert">
      <span>{refusalWords(more)}</span>
      <Button onClick={onRetry}>Load more</Button>
    </div>
  );
}

const skeletonWidths = ['52%', '38%', '61%', '45%', '57%', '34%', '49%', '42%'];

function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-busy="true" aria-label="Loading conversations" role="status">
      {skeletonWidths.slice(0, rows).map((width) => (
        <div key={width} class="inbox-row-skeleton">
          <Skeleton width={width} />
          <Skeleton width="86%" />
        </div>
      ))}
    </div>
  );
}

function rowDomId(id: string): string {
  return `row-${id}`;
}
