import { ArrowDown } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { Actions } from '../actions.ts';
import { texts } from '../texts.ts';
import { Icon } from '../ui/icon.tsx';
import { dayName } from '../ui/times.ts';
import { Message } from './message.tsx';
import type { Row } from './rows.ts';
import { TypingDots } from './typing-dots.tsx';

/** Rows in the page at first; earlier ones on demand. */
const rowsAtFirst = 150;
/** A reader this near to the end is at the end: fractions of pixels, a finger's slip. */
const nearEndPx = 24;

export interface MessageListProps {
  rows: readonly Row[];
  typing: AgentCard | undefined;
  actions: Pick<Actions, 'retry' | 'remove'>;
  /** The end of the list is on screen or has left it. */
  onEnd(isAtEnd: boolean): void;
  /** After the last message, e.g. a question. */
  children?: ComponentChildren;
}

export function MessageList({ rows, typing, actions, onEnd, children }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [limit, setLimit] = useState(rowsAtFirst);
  const [isAtEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const topPx = useRef(0);
  const last = rows.at(-1);
  const lastKey = last?.key;
  /** What stood last when the reader was at the end. */
  const seenKey = useRef(lastKey);
  if (isAtEnd) seenKey.current = lastKey;

  function toEnd() {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
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
  }

  // One's own message is always followed to the end.
  useLayoutEffect(() => {
    if (last?.type === 'message' && last.mine) sticks.current = true;
    if (sticks.current) toEnd();
    note();
  }, [lastKey]);

  // The composer grows, a question appears, the keyboard opens: whoever was at the end stays there.
  useEffect(() => {
    const sizes = new ResizeObserver(() => {
      if (sticks.current) toEnd();
      note();
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

  const shown = rows.slice(-limit);
  return (
    <div class="list">
      <div class="scroller" ref={scroller} onScroll={note} role="log" aria-label={texts.messages}>
        <div class="rows" ref={content}>
          {rows.length > limit && (
            <button type="button" class="quiet" onClick={() => setLimit(limit + rowsAtFirst)}>
              {texts.earlier}
            </button>
          )}
          {shown.map((row) =>
            row.type === 'message' ? (
              <Message key={row.key} row={row} actions={actions} />
            ) : row.type === 'day' ? (
              <div key={row.key} class="day">
                <span>{dayName(row.atMs, Date.now())}</span>
              </div>
            ) : (
              <div key={row.key} class="system" dir="auto">
                {row.text}
              </div>
            ),
          )}
          {typing && <TypingDots agent={typing} />}
          {children}
        </div>
      </div>
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
