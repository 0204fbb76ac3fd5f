import { expect, it } from 'vitest';
import { readSignedToken } from '../../../../widget/identity/signed-token.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown) => `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`;

it('reads who is meant and until when, also with letters beyond ASCII', () => {
  const read = readSignedToken(token({ sub: 'zoë-7', exp: 1_800_000_000, name: 'Zoë 🌲' }));
  expect(read).toMatchObject({ subject: 'zoë-7', expiresAtMs: 1_800_000_000_000 });
  expect(read?.person).toContain('Zoë 🌲');
});

it('knows two tokens of one person by what they say of the person', () => {
  const one = readSignedToken(token({ sub: '7', exp: 1, iat: 0, jti: 'a' }));
  const two = readSignedToken(token({ sub: '7', exp: 9, iat: 8, jti: 'b' }));
  const other = readSignedToken(token({ sub: '7', exp: 9, name: 'Ada' }));
  expect(one?.person).toBe(two?.person);
  expect(two?.person).not.toBe(other?.person);
});

it.each([
  ['nothing', undefined],
  ['a text', 'hello'],
  ['no JSON', 'a.b.c'],
  ['no exp', token({ sub: '7' })],
  ['a number as sub', token({ sub: 7, exp: 1 })],
  ['more than the server reads', token({ sub: '7', exp: 1, more: 'x'.repeat(5_000) })],
])('takes %s for no token', (_, text) => {
  expect(readSignedToken(text)).toBeNull();
});
