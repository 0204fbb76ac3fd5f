import { describe, expect, it } from 'vitest';
import {
  agoWords,
  dayWords,
  minutesWords,
  remainingWords,
  shortTime,
  spanWords,
  timeLocale,
} from '../../../../console/ui/time-words.ts';

const minute = 60_000;
const now = new Date(2026, 9, 14, 15, 30).getTime();
const at = (day: number, hour: number, month = 9, year = 2026) =>
  new Date(year, month, day, hour, 3).getTime();

describe('short times in lists', () => {
  it.each([
    [at(14, 9), '9:03'],
    [at(13, 23), 'Yesterday'],
    [at(9, 12), 'Fri'],
    [at(2, 12), '2 Oct'],
    [at(2, 12, 4, 2025), '2 May 2025'],
  ])('%#', (atMs, words) => expect(shortTime(atMs, now, 'en-GB').replace(/^0/, '')).toBe(words));

  it('a minute before midnight is yesterday a minute after it', () => {
    expect(
      dayWords(new Date(2026, 9, 13, 23, 59).getTime(), new Date(2026, 9, 14, 0, 1).getTime(), 'en-GB'),
    ).toBe('Yesterday');
  });
});

it('days in a conversation say their weekday', () => {
  expect(dayWords(at(2, 12), now, 'en-GB')).toMatch(/^Friday,? 2 October$/);
});

it('spans are rounded down, remaining times up', () => {
  expect([59_000, 12.9 * minute, 61 * minute, 25 * 60 * minute].map(spanWords)).toEqual([
    'less than a minute',
    '12 min',
    '1 h',
    '1 day',
  ]);
  expect([200, 59_100, 101_000].map(remainingWords)).toEqual(['1 s', '60 s', '2 min']);
});

it('a clock that is ahead of ours does not make the past the future', () => {
  expect(agoWords(now + 5_000, now, 'en-GB')).toBe('just now');
  expect(shortTime(now + 5_000, now, 'en-GB')).toBe('15:30');
});

it('the first English language of the reader decides 12 or 24 hours', () => {
  expect(timeLocale(['de-DE', 'en-US', 'en-GB'])).toBe('en-US');
  expect(timeLocale(['de-DE'])).toBe('en-GB');
});

it('counts minutes in the largest unit without a rest', () => {
  expect([1, 90, 60, 1440, 1500].map(minutesWords)).toEqual([
    '1 minute',
    '90 minutes',
    '1 hour',
    '1 day',
    '25 hours',
  ]);
});
