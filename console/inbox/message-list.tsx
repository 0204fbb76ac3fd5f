import { ArrowDown } from 'lucide';
import { Fragment, type RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TeamMember } from '../../shared/model/agent.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { locale } from '../ui/now.ts';
import { fullTime } from '../ui/time-words.ts';
import { type MessageItem, timeline } from './timeline.ts';
import { TimelineEntry } from './timeline-entry.tsx';
import './message-list.css';

/** Closer to the end than this the list follows new messages. */
const nearEndPx = 48;

export interface MessageListProps {
  item: Conversation;
  row: InboxRow;
  entries: readonly Entry[];
  /** A message that somebody came here to see. */
  soughtSeq: number | null;
  onEdit(message: MessageItem): void;
  onRemove(message: MessageItem): void;
}

export function MessageList({ item, row, entries, soughtSeq, onEdit, onRemove }: MessageListProps) {
  const { store } = useConsole();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [unreadFromSeq, setUnreadFromSeq] = useState(() => row.conversation.unreadByAgents[0] ?? null);
  const me = store.agent.value;
  const name = visitorName(row.visitor);
  const pending = store.outbox.pending.value;
  const { visitorReadSeq, visitorDeliveredSeq, siteId } = row.conversation;
  const changes = store.actions.provisional(item.id).value;
  const labels = store.workspaceOf(siteId).value?.labels;
  const agents = store.teamOf(siteId).value ?? noAgents;
  const labelNames = useMemo(() => new Map(labels?.map((label) => [label.id, label.name])), [labels]);

  const items = useMemo(
    () =>
      me === null
        ? []
        : timeline({
            entries,
            changes,
            pending: pending.filter((message) => message.conversationId === item.id),
            me,
            visitorName: name,
            visitorReadSeq,
            visitorDeliveredSeq,
            unreadFromSeq,
            labelNames,
            timeWords: (atMs) => fullTime(atMs, locale),
          }),
    [
      entries,
      changes,
      pending,
      item.id,
      me,
      name,
      visitorReadSeq,
      visitorDeliveredSeq,
      unreadFromSeq,
      labelNames,
    ],
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

  useSoughtMessage({ item, soughtSeq, scroller, follows });

  // What comes while nobody looks begins the new part: with the tab hidden, or scrolled up.
  const firstUnread = row.conversation.unreadByAgents[0];
  useEffect(() => {
    if (firstUnread === undefined) return;
    if (document.visibilityState === 'hidden' || !follows.current) setUnreadFromSeq(firstUnread);
  }, [firstUnread]);

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
              <TimelineEntry
                entry={entry}
                conversationId={item.id}
                visitorName={name}
                agents={agents}
                soughtSeq={soughtSeq}
                onEdit={onEdit}
                onRemove={onRemove}
              />
            </Fragment>
          ))}
          <TypingLine item={item} visitorName={name} />
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

const noAgents: readonly TeamMember[] = [];

interface SoughtMessage {
  item: Conversation;
  soughtSeq: number | null;
  scroller: RefObject<HTMLDivElement | null>;
  follows: { current: boolean };
}

/** Loads back to the message that was sought and brings it into view, once. */
function useSoughtMessage({ item, soughtSeq, scroller, follows }: SoughtMessage) {
  const { store } = useConsole();
  const isOpen = item.entries.value !== null;
  useEffect(() => {
    if (soughtSeq === null || !isOpen) return;
    let isWanted = true;
    void store.conversations.loadBackTo(item.id, soughtSeq).then(() => {
      // After what was loaded is drawn.
      requestAnimationFrame(() => {
        const message = scroller.current?.querySelector(`#seq-${soughtSeq}`);
        if (!isWanted || !message) return;
        follows.current = false;
        message.scrollIntoView({ block: 'center' });
      });
    });
    return () => {
      isWanted = false;
    };
  }, [store, item, isOpen, soughtSeq, scroller, follows]);
}

function TypingLine({ item, visitorName }: { item: Conversation; visitorName: string }) {
  // Colleagues who write are told of at the composer.
  const typists = item.typists.value.filter(({ role }) => role === 'visitor');
  const names = typists.map(({ name }) => name ?? visitorName);
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
