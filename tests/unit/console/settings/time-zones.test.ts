import { expect, it } from 'vitest';
import { findTimeZones, knownTimeZones, zoneOffset } from '../../../../console/settings/time-zones.ts';

it('zones go by their names of today, whatever the browser calls them', () => {
  expect(knownTimeZones(['Europe/Kiev', 'Asia/Calcutta', 'Asia/Tokyo', 'UTC'])).toEqual([
    'UTC',
    'Asia/Kolkata',
    'Asia/Tokyo',
    'Europe/Kyiv',
  ]);
});

it('are found by parts of their names, those that begin so first', () => {
  const zones = ['America/New_York', 'Europe/York', 'Asia/Tokyo'];
  expect(findTimeZones('york', zones)).toEqual(['Europe/York', 'America/New_York']);
  expect(findTimeZones('new york', zones)).toEqual(['America/New_York']);
  expect(findTimeZones('', zones)).toEqual(zones);
  expect(findTimeZones('mars', zones)).toEqual([]);
});

it('the offset follows summer time; a half-typed name has none', () => {
  expect(zoneOffset('Europe/Berlin', Date.parse('2026-01-15T12:00:00Z'))).toBe('GMT+1');
  expect(zoneOffset('Europe/Berlin', Date.parse('2026-07-15T12:00:00Z'))).toBe('GMT+2');
  expect(zoneOffset('Europe/Ber', 0)).toBe('');
});
