import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { windowRange } from './window-range.ts';
import './window-list.css';

export interface WindowListProps {
  label: string;
  ids: readonly string[];
  rowPx: number;
  /** Index that must stay drawn even when it is scrolled away, because it has the focus. */
  keptIndex: number;
  /** False: more rows come below, and their number is not known yet. */
  isWhole?: boolean;
  renderRow: (id: string, index: number) => ComponentChildren;
  /** Called when the end comes near. */
  onNearEnd?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Below the last row. */
  footer?: ComponentChildren;
}

/** A long list of rows of one height, of which only the visible ones exist. */
export function WindowList(props: WindowListProps) {
  const { ids, rowPx, keptIndex, isWhole = true, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ firstRow: 0, heightPx: 800 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Scrolling within a row changes nothing that is drawn.
    const measure = () =>
      setView((before) => {
        const firstRow = Math.floor(element.scrollTop / rowPx);
        const heightPx = element.clientHeight;
        return before.firstRow === firstRow && before.heightPx === heightPx ? before : { firstRow, heightPx };
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [rowPx]);

  const { from, to } = windowRange(view.firstRow * rowPx, view.heightPx + rowPx, rowPx, ids.length);
  const nearEnd = to >= ids.length;
  useEffect(() => {
    if (nearEnd && ids.length > 0) onNearEnd?.();
  }, [nearEnd, ids.length, onNearEnd]);

  const indexes = Array.from({ length: to - from }, (_, step) => from + step);
  if (keptIndex >= 0 && keptIndex < ids.length && (keptIndex < from || keptIndex >= to))
    indexes.push(keptIndex);

  return (
    <div ref={scroller} class="window-list scrolls">
      <ul
        aria-label={props.label}
        class="window-rows"
        style={{ blockSize: `${ids.length * rowPx}px` }}
        onKeyDown={props.onKeyDown}
      >
        {indexes.map((index) => {
          const id = ids[index];
          return id === undefined ? null : (
            <li
              key={id}
              class="window-row"
              aria-setsize={isWhole ? ids.length : -1}
              aria-posinset={index + 1}
              style={{ blockSize: `${rowPx}px`, insetBlockStart: `${index * rowPx}px` }}
            >
              {props.renderRow(id, index)}
            </li>
          );
        })}
      </ul>
      {props.footer}
    </div>
  );
}
