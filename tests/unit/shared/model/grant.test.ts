import { describe, expect, it } from 'vitest';
import { grantMs } from '../../../../shared/limits.ts';
import {
  answersRequest,
  controlScopes,
  type Grant,
  grantFault,
  isSameGrant,
  issueGrant,
} from '../../../../shared/model/grant.ts';

const asked = { agent: 'agt_ben', scopes: controlScopes };
const nonce = 'n'.repeat(22);
const grant = issueGrant(asked, { mode: 'direct', nonce, nowMs: 1_000 });
const use = { agent: 'agt_ben', nonce, scope: 'click' } as const;

describe('using a grant', () => {
  it('works for its agent, with its nonce, in its scopes and its time', () => {
    expect(grantFault(grant, use, 1_000)).toBeNull();
    expect(grantFault(grant, use, 1_000 + grantMs - 1)).toBeNull();
  });

  it.each([
    ['nobody holds one', null, use, 'no_grant'],
    ['another agent uses it', grant, { ...use, agent: 'agt_ana' }, 'no_grant'],
    ['the nonce is of an earlier one', grant, { ...use, nonce: 'o'.repeat(22) }, 'no_grant'],
    ['the scope was not given', { ...grant, scopes: ['scroll'] as Grant['scopes'] }, use, 'out_of_scope'],
  ] as const)('is refused when %s', (_, held, used, fault) => {
    expect(grantFault(held, used, 2_000)).toBe(fault);
  });

  it('ends with its time', () => {
    expect(grantFault(grant, use, 1_000 + grantMs)).toBe('expired');
  });
});

describe('what answers a question', () => {
  const none: ReadonlySet<string> = new Set();
  it('is a grant for who asked, of no more than was asked', () => {
    expect(answersRequest(grant, asked, none, 1_000)).toBe(true);
    expect(answersRequest({ ...grant, scopes: ['scroll'] }, asked, none, 1_000)).toBe(true);
  });

  it.each([
    ['nobody asked', grant, null, none, 1_000],
    ['it is for another agent', { ...grant, agent: 'agt_ana' }, asked, none, 1_000],
    ['it gives more', grant, { ...asked, scopes: ['scroll'] as const }, none, 1_000],
    ['it gives nothing', { ...grant, scopes: [] }, asked, none, 1_000],
    ['it was used before', grant, asked, new Set([nonce]), 1_000],
    ['it has expired', grant, asked, none, 1_000 + grantMs],
    ['it lasts too long', { ...grant, expiresAtMs: 1_000 + grantMs + 10 * 60_000 }, asked, none, 1_000],
  ])('is not one when %s', (_, given, question, used, nowMs) => {
    expect(answersRequest(given, question, used, nowMs)).toBe(false);
  });
});

it('is the same grant in another mode, and never with other facts', () => {
  expect(isSameGrant({ ...grant, mode: 'propose' }, grant)).toBe(true);
  for (const other of [
    { ...grant, expiresAtMs: grant.expiresAtMs + 1 },
    { ...grant, scopes: [...grant.scopes, 'draw' as const] },
    { ...grant, agent: 'agt_ana' },
    { ...grant, nonce: 'o'.repeat(22) },
  ]) {
    expect(isSameGrant(other, grant)).toBe(false);
  }
  expect(isSameGrant(grant, null)).toBe(false);
});
