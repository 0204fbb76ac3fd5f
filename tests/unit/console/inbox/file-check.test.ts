import { expect, it } from 'vitest';
import { fileFaultWords, sizeWords } from '../../../../console/inbox/file-check.ts';

it('says sizes as short as they can be told apart', () => {
  expect([0, 812, 14_200, 999_499, 999_500, 2_340_000, 10_485_760].map(sizeWords)).toEqual([
    '0 B',
    '812 B',
    '14 kB',
    '999 kB',
    '1 MB',
    '2.3 MB',
    '10 MB',
  ]);
});

it('says how large a file may be', () => {
  const rules = { allowed: true, maxBytes: 10_485_760, kinds: [] };
  expect(fileFaultWords('too_large', rules)).toBe('Larger than 10 MB, the most that this site takes.');
});
