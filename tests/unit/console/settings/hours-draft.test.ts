import { describe, expect, it } from 'vitest';
import {
  copyDay,
  furtherRange,
  hoursFaults,
  inOrder,
  openWords,
  timeFromText,
  withDay,
} from '../../../../console/settings/hours-draft.ts';
import { type BusinessHours, officeHours } from '../../../../shared/model/hours.ts';

const hours: BusinessHours = { ...officeHours, on: true, timeZone: 'Europe/Berlin' };
const onMonday = (...ranges: Array<[from: string, to: string]>): BusinessHours => ({
  ...hours,
  days: withDay(
    hours.days,
    0,
    ranges.map(([from, to]) => ({ from, to })),
  ),
});

it.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['9.30', '09:30'],
  [' 09:30 ', '09:30'],
  ['5 pm', '17:00'],
  ['12am', '00:00'],
  ['12:15 p.m.', '12:15'],
  ['24:00', '24:00'],
  ['24:30', null],
  ['9:75', null],
  ['13 pm', null],
  ['noon', null],
  ['', null],
])('"%s" typed as a time is %s', (text, time) => {
  expect(timeFromText(text)).toBe(time);
});

describe('ranges of a day', () => {
  it('several that stand apart are good, in any order', () => {
    const two = onMonday(['13:00', '17:00'], ['09:00', '12:00']);
    expect(hoursFaults(two)).toEqual({});
    expect(inOrder(two).days[0]).toEqual([
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ]);
  });

  it('each fault is told at the time that repairs it', () => {
    expect(hoursFaults(onMonday(['09:00', '12:00'], ['11:00', '17:00']))).toEqual({
      'hours.days.0.1.from': 'Overlaps 09:00–12:00.',
    });
    expect(hoursFaults(onMonday(['09:00', '12:00'], ['12:00', '17:00']))).toEqual({
      'hours.days.0.1.from': 'Touches 09:00–12:00: make them one range.',
    });
    expect(hoursFaults(onMonday(['22:00', '02:00']))).toEqual({
      'hours.days.0.0.to': 'Must be later than 22:00. Over midnight: end at 24:00, go on the next day.',
    });
    expect(hoursFaults(onMonday(['soon', 'later']))).toEqual({
      'hours.days.0.0.from': 'Write a time like 09:00.',
      'hours.days.0.0.to': 'Write a time like 17:00, or 24:00 for midnight.',
    });
  });

  it('are taken as they are meant while somebody types', () => {
    const typed = onMonday(['9', '5 pm']);
    expect(hoursFaults(typed)).toEqual({});
    expect(inOrder(typed).days[0]).toEqual([{ from: '09:00', to: '17:00' }]);
  });

  it('a further one stands after the last, until there is no room', () => {
    expect(furtherRange([])).toEqual({ from: '09:00', to: '17:00' });
    expect(furtherRange([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '17:00' });
    expect(furtherRange([{ from: '09:00', to: '21:30' }])).toEqual({ from: '22:30', to: '24:00' });
    expect(furtherRange([{ from: '09:00', to: '24:00' }])).toBeNull();
  });

  it('are copied to the other weekdays, or to all days', () => {
    const monday = onMonday(['08:00', '12:00']).days;
    expect(copyDay(monday, 0, 'weekdays').map((day) => day.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(copyDay(monday, 0, 'all')[6]).toEqual([{ from: '08:00', to: '12:00' }]);
  });
});

describe('the preview', () => {
  const saturday = Date.parse('2026-11-21T20:00:00Z');
  const said = (of: BusinessHours, atMs: number, zone = 'Europe/Berlin') =>
    openWords(of, atMs, 'en-GB', zone);

  it('says when it opens and closes next, on the site’s clock', () => {
    expect(said(hours, saturday)).toBe('Closed now. Opens on Monday at 9:00.');
    expect(said(hours, Date.parse('2026-11-22T20:00:00Z'))).toBe('Closed now. Opens tomorrow at 9:00.');
    expect(said(hours, Date.parse('2026-11-23T10:00:00Z'))).toBe('Open now. Closes today at 17:00.');
  });

  it('adds the reader’s clock where it shows another time', () => {
    expect(said(hours, Date.parse('2026-11-23T10:00:00Z'), 'Asia/Kathmandu')).toBe(
      'Open now. Closes today at 17:00 (for you: today at 21:45).',
    );
  });

  it('knows weeks without an opening and weeks without an end', () => {
    const empty = { ...hours, days: hours.days.map(() => []) as unknown as BusinessHours['days'] };
    expect(said(empty, saturday)).toBe('Closed now, and never open.');
    expect(said({ ...hours, on: false }, saturday)).toMatch(/^Business hours are off/);
  });
});
