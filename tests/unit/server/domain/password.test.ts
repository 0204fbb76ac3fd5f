import { expect, it } from 'vitest';
import { createPasswords, randomPassword } from '../../../../server/domain/password.ts';

it('a password is known again, another one is not, and nobody’s account has none', async () => {
  const passwords = createPasswords({ log2N: 8 });
  const hash = await passwords.hash('correct horse');
  expect(await passwords.verify('correct horse', hash)).toBe(true);
  expect(await passwords.verify('correct Horse', hash)).toBe(false);
  expect(await passwords.verify('correct horse', null)).toBe(false);
  expect(await passwords.hash('correct horse')).not.toBe(hash);
});

it('the same letters from another keyboard are the same password', async () => {
  const passwords = createPasswords({ log2N: 8 });
  const hash = await passwords.hash('caf\u00e9 au lait');
  expect(await passwords.verify('cafe\u0301 au lait', hash)).toBe(true);
});

it('hashes cost what we say, and older ones are still known when the cost changes', async () => {
  const hash = await createPasswords().hash('x');
  expect(hash).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await createPasswords({ log2N: 8 }).verify('x', hash)).toBe(true);
});

it('a made-up password can be read aloud and is never the same', () => {
  const all = Array.from({ length: 50 }, randomPassword);
  expect(new Set(all).size).toBe(50);
  for (const one of all) expect(one).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
});

it('a flood of guesses does not queue up: who cannot be served soon is told so', async () => {
  const passwords = createPasswords({ log2N: 8 });
  const guesses = await Promise.allSettled(
    Array.from({ length: 100 }, () => passwords.verify('guess', null)),
  );
  const refused = guesses.flatMap((guess) => (guess.status === 'rejected' ? [guess.reason] : []));
  expect(refused).toHaveLength(78);
  expect(refused[0]).toMatchObject({ code: 'unavailable', retryAfterMs: 3_000 });
  expect(await passwords.verify('guess', null)).toBe(false);
});
