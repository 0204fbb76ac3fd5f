import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTypingMark } from '../../../../console/inbox/typing-mark.ts';
import { typingFadesMs } from '../../../../shared/limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells the first key, repeats before the mark fades, and tells the pause', () => {
  const told: boolean[] = [];
  const mark = createTypingMark((typing) => told.push(typing));
  for (let key = 0; key < 20; key++) {
    mark.touch();
    vi.advanceTimersByTime(typingFadesMs / 20);
  }
  expect(told).toEqual([true, true]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([true, true, false]);
});

it('tells the end once, and only of what it began', () => {
  const told: boolean[] = [];
  const mark = createTypingMark((typing) => told.push(typing));
  mark.stop();
  mark.touch();
  mark.stop();
  mark.stop();
  expect(told).toEqual([true, false]);
  expect(vi.getTimerCount()).toBe(0);
});
