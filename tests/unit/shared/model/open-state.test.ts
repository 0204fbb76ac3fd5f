import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../../../shared/model/hours.ts';
import { openState } from '../../../../shared/model/open-state.ts';

type Range = [from: string, to: string];
const closed: Range[] = [];

/** Monday first. */
function hoursIn(timeZone: string, ...days: Range[][]): BusinessHours {
  const all = Array.from({ length: 7 }, (_, day) =>
    (days[day] ?? closed).map(([from, to]) => ({ from, to })),
  ) as BusinessHours['days'];
  return { on: true, timeZone, days: all };
}
const everyDay = (timeZone: string, ...ranges: Range[]) =>
  hoursIn(timeZone, ...Array.from({ length: 7 }, () => ranges));

/** What is told at a moment, the next change as ISO text. */
function at(hours: BusinessHours, moment: string) {
  const { isOpen, changesAtMs } = openState(hours, Date.parse(moment));
  return [isOpen ? 'open' : 'closed', changesAtMs === null ? null : new Date(changesAtMs).toISOString()];
}

const office = (timeZone: string) =>
  hoursIn(timeZone, ...Array.from({ length: 5 }, (): Range[] => [['09:00', '17:00']]));

describe('a working day', () => {
  it.each([
    ['2026-03-04T07:59:59Z', 'closed', '2026-03-04T08:00:00.000Z'],
    ['2026-03-04T08:00:00Z', 'open', '2026-03-04T16:00:00.000Z'],
    ['2026-03-04T15:59:59Z', 'open', '2026-03-04T16:00:00.000Z'],
    ['2026-03-04T16:00:00Z', 'closed', '2026-03-05T08:00:00.000Z'],
  ])('in Berlin at %s is %s until %s', (moment, state, until) => {
    expect(at(office('Europe/Berlin'), moment)).toEqual([state, until]);
  });

  it('ends on Friday until Monday', () => {
    expect(at(office('America/New_York'), '2026-06-05T21:30:00Z')).toEqual([
      'closed',
      '2026-06-08T13:00:00.000Z',
    ]);
  });

  it('begins at a quarter to an hour elsewhere: Kathmandu is 5 h 45 min ahead', () => {
    expect(at(office('Asia/Kathmandu'), '2026-06-08T03:14:00Z')).toEqual([
      'closed',
      '2026-06-08T03:15:00.000Z',
    ]);
  });
});

describe('several ranges', () => {
  const twice = everyDay('UTC', ['09:00', '12:30'], ['13:15', '18:00']);
  it('close for lunch', () => {
    expect(at(twice, '2026-03-04T12:00:00Z')).toEqual(['open', '2026-03-04T12:30:00.000Z']);
    expect(at(twice, '2026-03-04T12:30:00Z')).toEqual(['closed', '2026-03-04T13:15:00.000Z']);
  });

  it('go on over midnight without a break, from 24:00 to 00:00', () => {
    const night = hoursIn('UTC', [['22:00', '24:00']], [['00:00', '02:00']]);
    expect(at(night, '2026-03-02T23:59:00Z')).toEqual(['open', '2026-03-03T02:00:00.000Z']);
  });

  it('can be one minute long', () => {
    const minute = hoursIn('UTC', [['10:07', '10:08']]);
    expect(at(minute, '2026-03-02T10:00:00Z')).toEqual(['closed', '2026-03-02T10:07:00.000Z']);
    expect(at(minute, '2026-03-02T10:07:30Z')).toEqual(['open', '2026-03-02T10:08:00.000Z']);
    expect(at(minute, '2026-03-02T10:08:00Z')).toEqual(['closed', '2026-03-09T10:07:00.000Z']);
  });
});

describe('never changing', () => {
  it.each([
    ['a site without hours', { ...everyDay('UTC'), on: false }, 'open'],
    ['a week that is closed', everyDay('UTC'), 'closed'],
    ['a week that is open', everyDay('Europe/Berlin', ['00:00', '24:00']), 'open'],
  ])('%s', (_, hours, state) => {
    expect(at(hours, '2026-03-28T12:00:00Z')).toEqual([state, null]);
  });
});

describe('the clocks change', () => {
  it('forward in Berlin: Monday 09:00 comes an hour earlier', () => {
    expect(at(office('Europe/Berlin'), '2026-03-27T20:00:00Z')).toEqual([
      'closed',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  it('back in Berlin: it comes an hour later', () => {
    expect(at(office('Europe/Berlin'), '2026-10-23T20:00:00Z')).toEqual([
      'closed',
      '2026-10-26T08:00:00.000Z',
    ]);
  });

  it('forward in New York, and hours that are skipped on that night come a week later', () => {
    const skipped = hoursIn('America/New_York', [], [], [], [], [], [], [['02:15', '02:45']]);
    expect(at(skipped, '2026-03-07T12:00:00Z')).toEqual(['closed', '2026-03-15T06:15:00.000Z']);
  });

  it('forward into hours that have begun meanwhile', () => {
    const early = everyDay('Europe/Berlin', ['02:30', '06:00']);
    expect(at(early, '2026-03-29T00:10:00Z')).toEqual(['closed', '2026-03-29T01:00:00.000Z']);
  });

  it('back in New York: hours that happen twice that night are open, closed and open again', () => {
    const twice = hoursIn('America/New_York', [], [], [], [], [], [], [['01:00', '01:30']]);
    expect(at(twice, '2026-11-01T05:10:00Z')).toEqual(['open', '2026-11-01T05:30:00.000Z']);
    expect(at(twice, '2026-11-01T05:40:00Z')).toEqual(['closed', '2026-11-01T06:00:00.000Z']);
  });
});

it('is quick enough to be asked with each picture', () => {
  const rare = hoursIn('Asia/Kathmandu', [['10:07', '10:08']]);
  openState(rare, 0);
  // The processor's time, not the clock's: the machine may be busy with something else.
  const start = process.cpuUsage();
  for (let turn = 0; turn < 20; turn += 1) openState(rare, Date.parse('2026-03-02T05:00:00Z'));
  expect(process.cpuUsage(start).user / 1000 / 20).toBeLessThan(25);
});
