import { expect, it } from 'vitest';
import { findCanned } from '../../../../console/inbox/canned-search.ts';

const reply = (shortcut: string, text: string) =>
  ({ kind: 'canned', id: `can_${shortcut}`, shortcut, text }) as const;
const canned = [
  reply('bye', 'Thank you for your refund request'),
  reply('no-refund', 'We are sorry'),
  reply('refund', 'It is on its way'),
];

it('shortcuts that begin so come first, then those that hold it, then texts that do', () => {
  expect(findCanned(canned, 'Ref').map(({ shortcut }) => shortcut)).toEqual(['refund', 'no-refund', 'bye']);
  expect(findCanned(canned, '')).toHaveLength(3);
  expect(findCanned(canned, 'nothing')).toEqual([]);
});
