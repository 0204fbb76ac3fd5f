import { expect, it } from 'vitest';
import { backWords } from '../../../../widget/hours/opening-words.ts';
import { timeOfDay } from '../../../../widget/ui/times.ts';

const now = new Date(2026, 2, 4, 20, 0).getTime();
const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 0).getTime();

it.each([
  [at(4, 22), 'today'],
  [at(5, 9), 'tomorrow'],
  [at(8, 9), `on ${new Intl.DateTimeFormat(undefined, { weekday: 'long' }).format(at(8, 9))}`],
])('says the day by the visitor’s calendar', (opensAtMs, day) => {
  expect(backWords(opensAtMs, now)).toBe(`We are back ${day} at ${timeOfDay(opensAtMs)}`);
});

it('says the date of a day that is further away', () => {
  expect(backWords(at(14, 9), now)).toContain('14');
});

it('promises nothing where nothing is known', () => {
  expect(backWords(null, now)).toBe('We are away at the moment');
});
