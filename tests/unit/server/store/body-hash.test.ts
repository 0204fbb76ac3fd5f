import { expect, it } from 'vitest';
import { bodyHash } from '../../../../server/store/body-hash.ts';

it('is the same for the same body, however its keys are ordered', () => {
  const hash = bodyHash('survey', { event: 'answered', score: 4, nested: { a: [1, 2], b: null } });

  expect(bodyHash('survey', { nested: { b: null, a: [1, 2] }, score: 4, event: 'answered' })).toBe(hash);
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

it('differs by kind, by value, by order in a list, and where only half a character differs', () => {
  const hashes = [
    bodyHash('message', { text: 'a' }),
    bodyHash('status', { text: 'a' }),
    bodyHash('message', { text: 'a ' }),
    bodyHash('message', { text: '\ud83d' }),
    bodyHash('message', { text: '\ud83e' }),
    bodyHash('message', { text: '\u0000' }),
    bodyHash('message', { text: '' }),
    bodyHash('message', { list: [1, 2] }),
    bodyHash('message', { list: [2, 1] }),
  ];

  expect(new Set(hashes).size).toBe(hashes.length);
});
