import { CircleCheck, CloudOff, Inbox } from 'lucide';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { maxInboxCount } from '../../shared/limits.ts';
import type { ConversationStatus } from '../../shared/model/conversation.ts';
import { useConsole } from '../console-context.ts';
import type { ConversationList } from '../conversations.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { locale } from '../ui/now.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { WindowList } from '../ui/window-list.tsx';
import { useLetterKeys } from '../use-letter-keys.ts';
import { inboxAddress } from './inbox-address.ts';
import { InboxRow } from './inbox-row.tsx';
import './inbox-list.css';

/** Same as `--row-height` in tokens.css. */
const rowPx = 64;

export function InboxList({ status, selectedId }: { status: ConversationStatus; selectedId: string | null }) {
  const { store } = useConsole();
  const { route } = useLocation();
  const { conversations } = store;
  const list = conversations.lists[status];
  const ids = list.ids.value;
  const counts = conversations.counts.value;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const wantsFocus = useRef(false);

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
  };
  const move = (step: number) => {
    // The first key shows where the keyboard is, then it moves.
    const isOnRow = document.activeElement?.id === (anchorId === null ? '' : rowDomId(anchorId));
    focusIndex(isOnRow || anchorId === selectedId ? anchorIndex + step : anchorIndex);
    if (!isOnRow && anchorId === focusedId) document.getElementById(rowDomId(anchorId ?? ''))?.focus();
  };
  useLetterKeys({ j: () => move(1), k: () => move(-1) });

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
      Home: -ids.length,
      End: ids.length,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusIndex(anchorIndex + step);
  };

  const onNearEnd = useCallback(() => {
    if (list.more.value === 'idle') conversations.loadMore(status);
  }, [conversations, list, status]);

  return (
    <section class="inbox-list" aria-label="Conversations">
      <header
        class={
          counts === null && list.phase.value === 'loading' ? 'inbox-head inbox-uncounted' : 'inbox-head'
        }
      >
        <h1>Inbox</h1>
        <Segmented
          label="Which conversations"
          value={status}
          options={[
            { value: 'open', label: 'Open', count: countWords(counts?.open) },
            { value: 'resolved', label: 'Resolved', count: countWords(counts?.resolved) },
          ]}
          onValue={(value) => route(inboxAddress(value))}
        />
      </header>
      <Rows
        list={list}
        empty={<EmptyList status={status} />}
        onRetry={() => conversations.reload(status)}
        rows={
          <WindowList
            key={status}
            label={status === 'open' ? 'Open conversations' : 'Resolved conversations'}
            ids={ids}
            rowPx={rowPx}
            keptIndex={anchorIndex}
            onNearEnd={onNearEnd}
            onKeyDown={onKeyDown}
            renderRow={(id) => (
              <InboxRow
                id={id}
                domId={rowDomId(id)}
                href={inboxAddress(status, id)}
                selected={id === selectedId}
                reachable={id === anchorId}
                onFocus={() => setFocusedId(id)}
              />
            )}
            footer={<ListFoot list={list} onRetry={() => conversations.loadMore(status)} />}
          />
        }
      />
    </section>
  );
}

interface RowsProps {
  list: ConversationList;
  rows: preact.ComponentChildren;
  empty: preact.ComponentChildren;
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

function EmptyList({ status }: { status: ConversationStatus }) {
  if (status === 'resolved') {
    return (
      <Notice icon={CircleCheck} title="Nothing resolved yet">
        Resolve a conversation when the visitor is helped. The visitor may then be asked how satisfied they
        are.
      </Notice>
    );
  }
  return (
    <Notice
      icon={Inbox}
      title="No open conversations"
      action={
        <a class="button button-plain" href="/console/settings">
          Get the script tag
        </a>
      }
    >
      New ones appear here by themselves. Is the widget on your site yet?
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

function countWords(count: number | undefined): string {
  if (count === undefined) return '';
  return count >= maxInboxCount ? `${maxInboxCount.toLocaleString(locale)}+` : count.toLocaleString(locale);
}

function rowDomId(id: string): string {
  return `row-${id}`;
}
