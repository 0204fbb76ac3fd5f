import { expect, it } from 'vitest';
import { readUpTo } from '../../../widget/reading.ts';
import { ada, entry, says, stateAfter, visitor } from './log-entries.ts';

const talk = [says(1, visitor, 'a'), says(2, ada, 'b'), says(3, ada, 'c'), entry(4, ada, 'read', { seq: 1 })];
const seen = { isOnScreen: true, isTabVisible: true, readHereSeq: 0 };

it('is read up to the newest message of an agent when it is seen', () => {
  expect(readUpTo(stateAfter(talk), seen)).toBe(3);
});

it('is not read in a closed panel or a hidden tab', () => {
  expect(readUpTo(stateAfter(talk), { ...seen, isOnScreen: false })).toBeNull();
  expect(readUpTo(stateAfter(talk), { ...seen, isTabVisible: false })).toBeNull();
});

it('is told once', () => {
  expect(readUpTo(stateAfter(talk), { ...seen, readHereSeq: 3 })).toBeNull();
  expect(readUpTo(stateAfter([...talk, entry(5, visitor, 'read', { seq: 3 })]), seen)).toBeNull();
});
