import { ArrowDown, CircleAlert, CircleCheck, ScreenShare, Star, UserRound } from 'lucide';
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Entry } from '../../shared/model/conversation.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversations.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { dayWords } from '../ui/time-words.ts';
import { Message } from './message.tsx';
import { type LineItem, type TimelineItem, timeline } from './timeline.ts';
import './message-list.css';

/** Closer to the end than this the list follows new messages. */
const nearEndPx = 48;

export interface MessageListProps {
  item: Conversation;
  row: InboxRow;
  entries: readonly Entry[];
}

export function MessageList({ item, row, entries }: MessageListProps) {
  const { store } = useConsole();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [unreadFromSeq] = useState(() => row.conversation.unreadByAgents[0] ?? null);
  const me = store.agent.value;
  const name = visitorName(row.visitor);
  const pending = store.outbox.pending.value;
  const { visitorReadSeq } = row.conversation;

  const items = useMemo(
    () =>
      me === null
        ? []
        : timeline({
            entries,
            pending: pending.filter((message) => message.conversationId === item.id),
            me,
            visitorName: name,
            visitorReadSeq,
            unreadFromSeq,
          }),
    [entries, pending, item.id, me, name, visitorReadSeq, unreadFromSeq],
  );

  const follows = useRef(true);
  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  useEffect(() => {
    const element = scroller.current;
    const inside = content.current;
    if (!element || !inside) return;
    // Read by keyboard alone, too; not every browser makes what scrolls reachable by itself.
    element.tabIndex = 0;
    const onScroll = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      follows.current = rest < nearEndPx;
      setAtEnd(follows.current);
      if (element.scrollTop < 200) void store.conversations.loadEarlier(item.id);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    // Growth of the composer, of fonts or of the window must not hide the last words.
    const observer = new ResizeObserver(() => {
      if (follows.current) toEnd();
    });
    observer.observe(element);
    observer.observe(inside);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [store, item.id]);

  // What is put in above must not move what is being read.
  const firstSeq = entries[0]?.seq ?? 0;
  const measured = useRef({ firstSeq, heightPx: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = measured.current;
    if (firstSeq < before.firstSeq && before.heightPx > 0)
      element.scrollTop += element.scrollHeight - before.heightPx;
    else if (follows.current) toEnd();
    measured.current = { firstSeq, heightPx: element.scrollHeight };
  }, [items, firstSeq]);

  // Own words are always seen at once.
  const newestOwn = pending.at(-1)?.clientId;
  useLayoutEffect(() => {
    if (newestOwn === undefined) return;
    follows.current = true;
    toEnd();
  }, [newestOwn]);

  const unread = row.conversation.unreadByAgents.at(-1);
  useEffect(() => {
    const markRead = () => {
      if (atEnd && document.visibilityState === 'visible') store.conversations.markRead(item.id);
    };
    if (unread === undefined) return;
    markRead();
    document.addEventListener('visibilitychange', markRead);
    return () => document.removeEventListener('visibilitychange', markRead);
  }, [store, item.id, atEnd, unread]);

  const earlier = item.earlier.value;
  return (
    <div class="messages-place">
      <div ref={scroller} class="messages scrolls" role="log" aria-label={`Messages with ${name}`}>
        <div ref={content} class="messages-inside">
          {firstSeq > 1 ? (
            <div class="messages-earlier">
              {typeof earlier === 'object' ? <span>{refusalWords(earlier)} </span> : null}
              <Button
                look="quiet"
                busy={earlier === 'loading'}
                onClick={() => void store.conversations.loadEarlier(item.id)}
              >
                {earlier === 'loading' ? 'Loading…' : 'Show earlier messages'}
              </Button>
            </div>
          ) : null}
          {items.map((entry) => (
            <Fragment key={entry.key}>
              <Item entry={entry} conversationId={item.id} />
            </Fragment>
          ))}
          <TypingLine item={item} />
        </div>
      </div>
      {atEnd ? null : (
        <div class="messages-jump">
          <Button icon={ArrowDown} onClick={toEnd}>
            {unread === undefined ? 'To the newest' : 'New messages'}
          </Button>
        </div>
      )}
    </div>
  );
}

function Item({ entry, conversationId }: { entry: TimelineItem; conversationId: string }) {
  switch (entry.type) {
    case 'day':
      return (
        <h2 class="messages-day">
          <span>{dayWords(entry.atMs, nowMs.value, locale)}</span>
        </h2>
      );
    case 'unread':
      return (
        <p class="messages-unread">
          <span>New</span>
        </p>
      );
    case 'line':
      return <Line line={entry} />;
    case 'message':
      return <Message message={entry} conversationId={conversationId} />;
  }
}

const lineIcons = { status: CircleCheck, assignment: UserRound, survey: Star, cobrowse: ScreenShare };

function Line({ line }: { line: LineItem }) {
  return (
    <div class="messages-line">
      <Icon node={lineIcons[line.kind] ?? CircleAlert} sizePx={14} />
      <p>
        <span dir="auto">{line.words}</span>
        <span class="messages-line-time">
          {' · '}
          <TimeText atMs={line.atMs} as="clock" />
        </span>
        {line.comment ? (
          <q class="messages-comment" dir="auto">
            {line.comment}
          </q>
        ) : null}
      </p>
    </div>
  );
}

function TypingLine({ item }: { item: Conversation }) {
  const { store } = useConsole();
  // The server tells all agents of the site, the writer included.
  const typists = item.typists.value.filter(({ key }) => key !== store.agent.value?.id);
  const names = typists.map(
    (typist) => typist.name ?? (typist.role === 'visitor' ? 'Visitor' : 'A colleague'),
  );
  return (
    <div class="messages-typing">
      {names.length > 0 ? (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <bdi>{names.join(', ')}</bdi>&nbsp;{names.length === 1 ? 'is' : 'are'} typing…
        </>
      ) : null}
    </div>
  );
}
