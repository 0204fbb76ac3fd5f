import { expect, it } from 'vitest';
import { readSnoozeTime, snoozeTimes } from '../../../../console/inbox/snooze-times.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 9, day, hour, minute).getTime();
const choices = (nowMs: number) =>
  snoozeTimes(nowMs).map(({ words, untilMs }) => {
    const until = new Date(untilMs);
    return `${words}: ${until.getDate()} at ${until.getHours()}:${String(until.getMinutes()).padStart(2, '0')}`;
  });

it('offers times of the agent’s own calendar', () => {
  // A Wednesday.
  expect(choices(at(14, 10, 7))).toEqual([
    'In an hour: 14 at 11:07',
    'Later today: 14 at 13:15',
    'Tomorrow: 15 at 9:00',
    'Next week: 19 at 9:00',
  ]);
});

it('late in the evening there is no later today, and on a Sunday tomorrow is next week', () => {
  expect(choices(at(14, 22))).not.toContainEqual(expect.stringContaining('Later today'));
  expect(choices(at(18, 10)).map((words) => words.split(':')[0])).toEqual([
    'In an hour',
    'Later today',
    'Tomorrow',
  ]);
  expect(choices(at(19, 10)).at(-1)).toBe('Next week: 26 at 9:00');
});

it('reads a date and a time, and says what is wrong with one', () => {
  const nowMs = at(14, 10);
  expect(readSnoozeTime('2026-10-15', '09:30', nowMs)).toEqual({ ok: true, untilMs: at(15, 9, 30) });
  const problem = (date: string, time: string) => {
    const read = readSnoozeTime(date, time, nowMs);
    return read.ok ? null : read.problem;
  };
  expect(problem('', '09:30')).toBe('missing');
  expect(problem('2026-10-15', '')).toBe('missing');
  expect(problem('2026-10-14', '10:00')).toBe('past');
  expect(problem('2036-10-14', '10:00')).toBe('too_far');
  expect(problem('2027-02-31', '10:00')).toBe('no_such_time');
});
