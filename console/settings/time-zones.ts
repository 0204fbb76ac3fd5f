import { isTimeZone } from '../../shared/model/hours.ts';

/** Names of today for those that browsers still list by their old ones. */
const todaysNames: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Names of time zones as the browser knows them, by their names of today, `UTC` first. */
export function knownTimeZones(listed: readonly string[] = Intl.supportedValuesOf('timeZone')): string[] {
  const names = listed.map((name) => {
    const today = todaysNames[name];
    return today !== undefined && isTimeZone(today) ? today : name;
  });
  return ['UTC', ...[...new Set(names)].filter((name) => name !== 'UTC').sort()];
}

/** Zones with all of the typed words in their name, those that begin with them first. */
export function findTimeZones(typed: string, zones: readonly string[]): string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', ' ');
  const words = plain(typed)
    .split(/[\s/]+/)
    .filter(Boolean);
  const found = zones.filter((zone) => words.every((word) => plain(zone).includes(word)));
  const [first = ''] = words;
  const begins = (zone: string) =>
    plain(zone)
      .split('/')
      .some((part) => part.startsWith(first));
  return [...found.filter(begins), ...found.filter((zone) => !begins(zone))];
}

/** `GMT+1` of a zone at a time; '' for a name that is none. */
export function zoneOffset(zone: string, atMs: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      timeZoneName: 'shortOffset',
    }).formatToParts(atMs);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    // What is being typed is not yet a zone.
    return '';
  }
}
