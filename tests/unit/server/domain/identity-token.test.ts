import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyIdentityToken } from '../../../../server/domain/identity-token.ts';

const nowMs = 1_800_000_000_000;
const now = nowMs / 1000;
const keys = [
  { kid: 'key_old', secret: 'o'.repeat(43) },
  { kid: 'key_new', secret: 'n'.repeat(43) },
];
const claims = { sub: '42', aud: 'pk_shop', exp: now + 300 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** As a host would sign it, mistakes included. */
function token(more: object = {}, { header = {}, secret = keys[1]?.secret ?? '' } = {}) {
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: 'key_new', ...header })}.${part({ ...claims, ...more })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const verify = (text: string) => verifyIdentityToken(text, { keys, siteKey: 'pk_shop', nowMs });
const refusal = async (text: string) => {
  const error: unknown = await verify(text).catch((failure: unknown) => failure);
  const { code, field } = error as { code?: string; field?: string };
  return field === undefined ? { code } : { code, field };
};

describe('what counts', () => {
  it('says who the customer is, and what the host likes to tell', async () => {
    const told = {
      name: ' Ada Lovelace ',
      email: 'Ada@Example.com',
      attributes: { plan: 'team', seats: 12 },
    };
    expect(await verify(token(told))).toEqual({
      kid: 'key_new',
      externalId: '42',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      attributes: { plan: 'team', seats: 12 },
      // Clocks may differ by a minute.
      provesUntilMs: claims.exp * 1000 + 60_000,
    });
  });

  it('needs nothing but an id, a site and an end', async () => {
    expect(await verify(token({ name: '', email: null }))).toEqual({
      kid: 'key_new',
      externalId: '42',
      name: null,
      email: null,
      attributes: {},
      provesUntilMs: claims.exp * 1000 + 60_000,
    });
  });

  it('holds while keys are changed: by name, and without one by trying', async () => {
    const old = { header: { kid: 'key_old' }, secret: keys[0]?.secret ?? '' };
    expect(await verify(token({}, old))).toMatchObject({ kid: 'key_old' });
    expect(await verify(token({}, { ...old, header: { kid: undefined } }))).toMatchObject({ kid: 'key_old' });
  });

  it.each([
    ['a clock that is a minute behind', { exp: now - 50 }],
    ['a clock that is a minute ahead', { nbf: now + 50, iat: now + 50 }],
    ['the longest life', { exp: now + 24 * 3600 }],
    ['several sites', { aud: ['pk_other', 'pk_shop'] }],
  ])('%s', async (_, more) => {
    expect(await verify(token(more))).toMatchObject({ externalId: '42' });
  });
});

describe('what does not', () => {
  it.each([
    ['another site', { aud: 'pk_other' }, 'aud'],
    ['no site', { aud: undefined }, 'aud'],
    ['no end', { exp: undefined }, 'exp'],
    ['an end that is no number', { exp: 'tomorrow' }, 'exp'],
    ['an end in a year', { exp: now + 365 * 24 * 3600 }, 'exp'],
    ['a beginning in an hour', { nbf: now + 3600 }, 'nbf'],
    ['no customer', { sub: undefined }, 'sub'],
    ['a customer of no name', { sub: ' ' }, 'sub'],
    ['a customer that is a number', { sub: 42 }, 'sub'],
    ['a customer of 201 letters', { sub: 'x'.repeat(201) }, 'sub'],
    ['an address that is none', { email: 'ada' }, 'email'],
    ['a name of 121 letters', { name: 'x'.repeat(121) }, 'name'],
    ['attributes that are lists', { attributes: { plan: ['team'] } }, 'attributes'],
  ])('%s', async (_, more, field) => {
    expect(await refusal(token(more))).toEqual({ code: 'identity_invalid', field });
  });

  it('one that has ended, whoever it names: a fresh one helps', async () => {
    expect(await refusal(token({ exp: now - 61 }))).toEqual({ code: 'identity_expired' });
  });

  it.each([
    ['a key that is not the site’s', token({}, { secret: 'x'.repeat(43) }), 'signature'],
    ['the other key’s signature', token({}, { secret: keys[0]?.secret ?? '' }), 'signature'],
    ['a key that was removed', token({}, { header: { kid: 'key_gone' } }), 'kid'],
    ['a key’s name that is none', token({}, { header: { kid: ['key_new'] } }), 'kid'],
    ['no signature, and says so', `${part({ alg: 'none', kid: 'key_new' })}.${part(claims)}.`, 'alg'],
    ['another way to sign', token({}, { header: { alg: 'HS512' } }), 'alg'],
    ['an unknown condition', token({}, { header: { crit: ['b64'], b64: false } }), undefined],
    ['words', 'not a token', undefined],
    ['dots', '..', undefined],
    ['nothing', '', undefined],
    [
      'the payload of another',
      `${token().split('.')[0]}.${part({ ...claims, sub: '1' })}.${token().split('.')[2]}`,
      'signature',
    ],
  ])('%s', async (_, text, field) => {
    expect(await refusal(text)).toEqual({ code: 'identity_invalid', ...(field ? { field } : {}) });
  });

  it('a public-key signature is not taken for one with a shared secret', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const text = `${part({ alg: 'RS256', kid: 'key_new' })}.${part(claims)}`;
    const signed = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    expect(await refusal(signed)).toEqual({ code: 'identity_invalid', field: 'alg' });
  });

  it('any, of a site without keys', async () => {
    await expect(verifyIdentityToken(token(), { keys: [], siteKey: 'pk_shop', nowMs })).rejects.toMatchObject(
      { code: 'identity_invalid', field: 'kid' },
    );
  });
});
