import { ArrowDown } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import * as texts from '../texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Late } from '../ui/late.tsx';
import { dayName } from '../ui/times.ts';
import type { ChatParts } from './chat-parts.ts';
import { Message, type MessageActions } from './message.tsx';
import type { MessageRow, Row } from './rows.ts';

/** Rows in the page at first, and with each step back. */
const rowsAtOnce = 100;
/** A reader this near to the end is at the end: fractions of pixels, a finger's slip. */
const nearEndPx = 24;
/** Earlier messages are made ready before the reader gets to the first one. */
const nearStartPx = 400;

export interface MessageListProps {
  rows: readonly Row[];
  /** The log holds entries from before the first row. */
  hasEarlier: boolean;
  typing: AgentCard | undefined;
  actions: MessageActions;
  chat: ChatParts;
  /** The end of the list is on screen or has left it. */
  onEnd(isAtEnd: boolean): void;
  loadEarlier(): void;
  /** After the last message, e.g. a question. */
  children?: ComponentChildren;
}

export function MessageList(props: MessageListProps) {
  const { rows, hasEarlier, typing, actions, chat, onEnd, loadEarlier, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [topKey, setTopKey] = useState<string | undefined>();
  const [isAtEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const topPx = useRef(0);
  const last = rows.at(-1);
  const lastKey = last?.key;
  /** What stood last when the reader was at the end. */
  const seenKey = useRef(lastKey);
  if (isAtEnd) seenKey.current = lastKey;

  const topIndex = rows.findIndex((row) => row.key === topKey);
  const fromIndex = topIndex < 0 ? Math.max(0, rows.length - rowsAtOnce) : topIndex;
  const shown = rows.slice(fromIndex);
  const firstKey = shown[0]?.key;
  const canGoBack = fromIndex > 0 || hasEarlier;
  /** Height of what is shown, and its first row, before the last change. */
  const before = useRef({ heightPx: 0, firstKey });

  function toEnd() {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }

  function goBack() {
    if (fromIndex > 0) setTopKey(rows[Math.max(0, fromIndex - rowsAtOnce)]?.key);
    else if (hasEarlier) loadEarlier();
  }

  function note() {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
    // Only the reader scrolls up; content that grows leaves the end behind as well.
    if (atEnd) sticks.current = true;
    else if (box.scrollTop < topPx.current) sticks.current = false;
    topPx.current = box.scrollTop;
    setAtEnd(atEnd);
    // A page of the log may hold little that shows: then there is nothing to scroll.
    const isShort = box.scrollHeight < box.clientHeight + nearStartPx;
    if (isShort || (box.scrollTop < nearStartPx && !sticks.current)) goBack();
  }

  const latest = useRef(note);
  latest.current = note;

  // Rows that come before the first one push the others down: the reader stays with what is being read.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const { heightPx, firstKey: firstBefore } = before.current;
    const isGrownAbove = firstBefore !== firstKey && shown.some(({ key }) => key === firstBefore);
    if (isGrownAbove && !sticks.current) box.scrollTop += box.scrollHeight - heightPx;
    before.current = { heightPx: box.scrollHeight, firstKey };
  });

  // What was unread begins in sight; one's own message is always followed to the end.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (last?.type === 'message' && last.mine) sticks.current = true;
    if (sticks.current) toEnd();
    const separator = box?.querySelector<HTMLElement>('.news');
    if (box && separator && !topPx.current && separator.offsetTop < box.scrollTop) {
      sticks.current = false;
      box.scrollTop = separator.offsetTop;
    }
    note();
  }, [lastKey]);

  // The composer grows, a question appears, the keyboard opens: whoever was at the end stays there.
  useEffect(() => {
    const sizes = new ResizeObserver(() => {
      if (sticks.current) toEnd();
      latest.current();
      before.current.heightPx = scroller.current?.scrollHeight ?? 0;
    });
    if (scroller.current) {
      sizes.observe(scroller.current);
      // Focusable so that the keyboard can scroll it; not every browser does that by itself.
      scroller.current.tabIndex = 0;
    }
    if (content.current) sizes.observe(content.current);
    return () => sizes.disconnect();
  }, []);

  useEffect(() => onEnd(isAtEnd), [isAtEnd, lastKey]);

  return (
    <div class="list">
      {/* What is said aloud is only what others write from now on: history and one's own words would be noise. */}
      <div
        class="scroller"
        ref={scroller}
        onScroll={note}
        role="log"
        aria-live="off"
        aria-label={texts.messages}
      >
        <div class="rows" ref={content}>
          {canGoBack && (
            <button type="button" class="quiet" onClick={goBack}>
              {texts.earlier}
            </button>
          )}
          {shown.map((row) => (
            <RowView key={row.key} row={row} actions={actions} chat={chat} />
          ))}
          {typing && (
            <Late part={chat.log} isQuiet>
              {({ TypingDots }) => <TypingDots agent={typing} picture={chat.picture(typing.id)} />}
            </Late>
          )}
          {children}
        </div>
      </div>
      <News rows={rows} />
      {!isAtEnd && (
        <button
          type="button"
          class="below"
          onClick={() => {
            sticks.current = true;
            toEnd();
          }}
        >
          {seenKey.current === lastKey ? texts.toEnd : texts.newBelow}
          <Icon of={ArrowDown} size={16} />
        </button>
      )}
    </div>
  );
}

function RowView({ row, actions, chat }: { row: Row; actions: MessageActions; chat: ChatParts }) {
  switch (row.type) {
    case 'message':
      return <Message row={row} actions={actions} chat={chat} />;
    case 'day':
      return (
        <div class="day">
          <span>{dayName(row.atMs, Date.now())}</span>
        </div>
      );
    case 'new':
      return (
        <div class="day news">
          <span>{texts.newBelow}</span>
        </div>
      );
    case 'line':
      return <Line entry={row.entry} log={chat.log} />;
  }
}

function Line({ entry, log }: { entry: Entry; log: ChatParts['log'] }) {
  return (
    <Late part={log} isQuiet>
      {({ LogLine }) => <LogLine entry={entry} />}
    </Late>
  );
}

/** Says aloud what agents write while the list is on screen. */
function News({ rows }: { rows: readonly Row[] }) {
  const isTheirs = (row: Row): row is MessageRow => row.type === 'message' && !row.mine && !row.isDeleted;
  const newestSeq = rows.reduce(
    (seq, row) => (row.type === 'message' ? Math.max(seq, row.seq ?? 0) : seq),
    0,
  );
  const knownSeq = useRef(newestSeq);
  const said = rows.filter(isTheirs).filter(({ seq }) => (seq ?? 0) > knownSeq.current);
  return (
    <div class="unseen" aria-live="polite" aria-relevant="additions">
      {said.slice(-5).map((row) => (
        <p
          key={row.key}
        >{`${row.sender?.name}: ${row.text || row.files.map(({ name }) => name).join(', ')}`}</p>
      ))}
    </div>
  );
}
