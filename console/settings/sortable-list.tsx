import { ArrowDown, ArrowUp, EllipsisVertical, GripVertical, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { moved, placeAt } from './list-order.ts';
import './sortable-list.css';

export interface SortableListProps<T> {
  label: string;
  items: readonly T[];
  onItems: (items: T[]) => void;
  /** How a row is called in words, e.g. in "Move Order number". */
  nameOf: (item: T, index: number) => string;
  renderItem: (item: T, index: number) => ComponentChildren;
  disabled?: boolean;
}

/**
 * Rows in an order that people choose: by dragging the handle, by arrows on it, or from each row's menu. Rows keep their
 * identity whatever is written in them.
 */
export function SortableList<T>(props: SortableListProps<T>) {
  const { label, items, onItems, nameOf, renderItem, disabled = false } = props;
  const list = useRef<HTMLOListElement>(null);
  const keys = useRef<number[]>([]);
  const nextKey = useRef(0);
  const [dragged, setDragged] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const focusAt = useRef<number | null>(null);
  const latest = useRef(items);
  latest.current = items;

  while (keys.current.length < items.length) keys.current.push(nextKey.current++);
  keys.current.length = items.length;

  useLayoutEffect(() => {
    if (focusAt.current === null) return;
    list.current?.children[focusAt.current]?.querySelector<HTMLElement>('.sortable-handle')?.focus();
    focusAt.current = null;
  });

  function move(from: number, to: number) {
    const item = latest.current[from];
    if (item === undefined || to < 0 || to >= latest.current.length || to === from) return;
    keys.current = moved(keys.current, from, to);
    const next = moved(latest.current, from, to);
    latest.current = next;
    onItems(next);
    setTold(`${nameOf(item, from)} is now ${to + 1} of ${next.length}.`);
  }
  function moveAndFocus(from: number, to: number) {
    if (to < 0 || to >= items.length) return;
    focusAt.current = to;
    move(from, to);
  }
  function remove(index: number) {
    keys.current = keys.current.filter((_, place) => place !== index);
    focusAt.current = Math.min(index, items.length - 2);
    onItems(items.filter((_, place) => place !== index));
  }

  function startDrag(event: PointerEvent, from: number) {
    if (event.button !== 0) return;
    event.preventDefault();
    let at = from;
    setDragged(from);
    const onMove = (moveEvent: PointerEvent) => {
      const others = [...(list.current?.children ?? [])]
        .filter((_, index) => index !== at)
        .map((row) => row.getBoundingClientRect())
        .map(({ top, height }) => ({ topPx: top, heightPx: height }));
      const place = placeAt(moveEvent.clientY, others);
      if (place === at) return;
      move(at, place);
      at = place;
      setDragged(place);
    };
    const onKey = (keyEvent: KeyboardEvent) => {
      if (keyEvent.key !== 'Escape') return;
      move(at, from);
      end();
    };
    const end = () => {
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', onKey, true);
      setDragged(null);
    };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
    addEventListener('keydown', onKey, true);
  }

  return (
    <>
      <ol ref={list} class="sortable" aria-label={label}>
        {items.map((item, index) => {
          const name = nameOf(item, index);
          return (
            <li
              key={keys.current[index]}
              class={index === dragged ? 'sortable-row card sortable-dragged' : 'sortable-row card'}
            >
              <button
                type="button"
                class="sortable-handle"
                disabled={disabled}
                aria-label={`Move ${name}: ${index + 1} of ${items.length}. Arrow up, arrow down`}
                title="Drag, or use the arrow keys"
                onPointerDown={(event) => startDrag(event, index)}
                onKeyDown={(event) => {
                  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
                  event.preventDefault();
                  moveAndFocus(index, event.key === 'ArrowUp' ? index - 1 : index + 1);
                }}
              >
                <Icon node={GripVertical} />
              </button>
              <div class="sortable-content">{renderItem(item, index)}</div>
              <Menu
                label={`Actions for ${name}`}
                align="end"
                button={{ look: 'quiet', icon: EllipsisVertical, label: `Actions for ${name}`, disabled }}
                choices={[
                  ...(index > 0
                    ? [
                        {
                          id: 'up',
                          words: 'Move up',
                          icon: ArrowUp,
                          onChoose: () => moveAndFocus(index, index - 1),
                        },
                      ]
                    : []),
                  ...(index < items.length - 1
                    ? [
                        {
                          id: 'down',
                          words: 'Move down',
                          icon: ArrowDown,
                          onChoose: () => moveAndFocus(index, index + 1),
                        },
                      ]
                    : []),
                  { id: 'remove', words: 'Remove', icon: Trash2, onChoose: () => remove(index) },
                ]}
              />
            </li>
          );
        })}
      </ol>
      <p class="unseen" role="status">
        {told}
      </p>
    </>
  );
}
