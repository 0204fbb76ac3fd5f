import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createToasts, undoMs } from '../../../../console/ui/toasts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a toast can be undone for six seconds, then it is gone', () => {
  const toasts = createToasts();
  toasts.tell('Closed.', { undo: () => undefined });
  vi.advanceTimersByTime(undoMs - 1);
  expect(toasts.shown.value.map(({ words }) => words)).toEqual(['Closed.']);
  vi.advanceTimersByTime(1);
  expect(toasts.shown.value).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('the newest that can be undone is undone, once', () => {
  const toasts = createToasts();
  const undone: string[] = [];
  toasts.tell('Snoozed.', { undo: () => undone.push('snooze') });
  toasts.tell('Closed.', { undo: () => undone.push('close') });
  toasts.tell('Copied.');
  toasts.undoNewest();
  toasts.undoNewest();
  expect(undone).toEqual(['close', 'snooze']);
  expect(toasts.undoNewest()).toBe(false);
  expect(toasts.shown.value.map(({ words }) => words)).toEqual(['Copied.']);
  toasts.close();
});

it('a toast under the pointer waits', () => {
  const toasts = createToasts();
  toasts.tell('Closed.');
  const id = toasts.shown.value[0]?.id ?? 0;
  toasts.hold(id);
  vi.advanceTimersByTime(10 * undoMs);
  expect(toasts.shown.value).toHaveLength(1);
  toasts.release(id);
  vi.advanceTimersByTime(undoMs);
  expect(toasts.shown.value).toEqual([]);
});

it('at most three stand at once', () => {
  const toasts = createToasts();
  for (const words of ['1', '2', '3', '4', '5']) toasts.tell(words);
  expect(toasts.shown.value.map(({ words }) => words)).toEqual(['3', '4', '5']);
  toasts.close();
  expect(vi.getTimerCount()).toBe(0);
});
