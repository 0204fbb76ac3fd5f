import { expect, it } from 'vitest';
import { transcriptFileName, transcriptText } from '../../../../widget/menu/transcript.ts';
import { ada, entry, says, system, visitor } from '../log-entries.ts';

const file = {
  id: 'fil_1',
  name: 'invoice.pdf',
  mime: 'application/pdf',
  sizeBytes: 120_400,
  widthPx: null,
  heightPx: null,
};

const text = (entries: Parameters<typeof transcriptText>[0]['entries']) =>
  transcriptText({
    site: 'Nordwald',
    entries,
    savedAtMs: Date.parse('2026-03-04T12:00:00Z'),
    timeZone: 'Europe/Berlin',
    language: 'en-GB',
  });

it('holds what was said as it stands now, with names, times and their zone', () => {
  const saved = text([
    entry(1, visitor, 'form', { fields: [{ label: 'Order', value: '1234' }], consent: null }),
    says(2, visitor, 'Hello\nthere'),
    entry(3, visitor, 'edit', { of: 'message', seq: 2, text: 'Good morning\nthere' }),
    entry(4, ada, 'message', { text: '', files: [file] }),
    says(5, ada, 'A slip'),
    entry(6, ada, 'deletion', { of: 'message', seq: 5 }),
    entry(7, system, 'hidden', {}),
    entry(8, ada, 'read', { seq: 3 }),
    entry(9, ada, 'status', { status: 'closed' }),
  ]);
  // Editions of the calendar data differ in a comma.
  expect(saved.replaceAll('day,', 'day').split('\r\n')).toEqual([
    'Conversation with Nordwald',
    'Saved Wednesday 4 March 2026 at 13:00 (Europe/Berlin)',
    '',
    'Thursday 1 January 1970',
    '',
    '[01:00 CET] Order: 1234',
    '[01:00 CET] You: Good morning',
    '    there',
    '    (edited)',
    '[01:00 CET] Ada:',
    '    File: invoice.pdf (120 kB)',
    '[01:00 CET] Ada: (message deleted)',
    '[01:00 CET] -- Conversation closed',
    '',
  ]);
});

it.each([
  [125, '125 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [999_400, '999 kB'],
  [999_600, '1.0 MB'],
  [12_340_000, '12.3 MB'],
])('says a file of %i bytes as %s', (sizeBytes, words) => {
  const saved = text([entry(1, ada, 'message', { text: '', files: [{ ...file, sizeBytes }] })]);
  expect(saved).toContain(`File: invoice.pdf (${words})`);
});

it('has a name that every file system takes', () => {
  expect(transcriptFileName('A/B: "chat"?', 0)).toBe('A B   chat 1970-01-01.txt');
  expect(transcriptFileName('::', 0)).toBe('Chat 1970-01-01.txt');
});
