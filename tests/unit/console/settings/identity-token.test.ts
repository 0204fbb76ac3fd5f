import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { readToken } from '../../../../console/settings/identity-token.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const inSeconds = (ms: number) => Math.floor(ms / 1000);
const expectations = { siteKey: 'pk_shop', kids: ['key_a'], nowMs };
const good = {
  sub: 'customer-7',
  aud: 'pk_shop',
  exp: inSeconds(nowMs) + 300,
  name: 'Åda',
  email: 'ada@x.example',
};

async function signed(claims: object, header: { alg?: string; kid?: string } = { kid: 'key_a' }) {
  const token = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', ...header });
  return token.sign(new TextEncoder().encode('a secret of at least 256 bits, so it is long enough'));
}
const problemsOf = async (claims: object, header?: { kid?: string }) => {
  const reading = readToken(await signed(claims, header), expectations);
  return reading.ok ? [] : reading.problems;
};

it('a good token says who it is for and how long it lives', async () => {
  expect(readToken(` Bearer ${await signed(good)}\n`, expectations)).toEqual({
    ok: true,
    id: 'customer-7',
    name: 'Åda',
    email: 'ada@x.example',
    leftMs: 300_000,
  });
});

it('each reason to refuse it is told in words', async () => {
  expect(await problemsOf({ ...good, aud: 'pk_other' })).toEqual([
    'It is made for “pk_other” (aud); it must say pk_shop.',
  ]);
  expect(await problemsOf({ ...good, exp: inSeconds(nowMs) - 3600 })).toEqual([
    'It has expired. Make a new one.',
  ]);
  expect(await problemsOf({ ...good, exp: nowMs + 300_000 })).toEqual([
    'Its exp is in milliseconds; it must be in seconds.',
  ]);
  expect(await problemsOf({ ...good, exp: inSeconds(nowMs) + 7 * 86_400 })).toEqual([
    'It lives too long: exp may be at most 24 hours ahead.',
  ]);
  expect(await problemsOf({ ...good, exp: undefined })).toEqual([
    'It never expires: exp is missing. Seconds since 1970, as a number.',
  ]);
  expect(await problemsOf({ ...good, sub: undefined })).toHaveLength(1);
  expect(await problemsOf({ ...good, nbf: inSeconds(nowMs) + 3600 })).toEqual([
    'It is not valid yet: nbf lies ahead.',
  ]);
  expect(await problemsOf(good, { kid: 'key_old' })).toEqual([
    'Its key (kid “key_old”) is none of this site’s. Use one of the keys above.',
  ]);
  expect(await problemsOf({})).toHaveLength(3);
});

it('what is not signed, or no token at all, is told apart', () => {
  const unsigned = new UnsecuredJWT(good).encode();
  expect(readToken(unsigned, expectations)).toMatchObject({
    ok: false,
    problems: ['It is signed with “none”; it must be HS256.'],
  });
  for (const text of ['', 'hello', 'a.b.c', 'eyJh.eyJh.x'])
    expect(readToken(text, expectations)).toMatchObject({
      problems: [expect.stringMatching(/^This is not a signed JWT/)],
    });
});
