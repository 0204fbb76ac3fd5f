import { nanoid } from 'nanoid';
import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import { addAgent, newId, startMs } from './cast.ts';
import { describeStore } from './databases.ts';

const weekMs = 7 * 24 * 60 * 60_000;

async function signIn(store: Store, agentId?: string) {
  const session = {
    id: newId('agentSession'),
    agentId: agentId ?? (await addAgent(store)).id,
    tokenHash: nanoid(43),
    expiresAtMs: startMs + weekMs,
  };
  await store.createAgentSession(session);
  return session;
}

const renewal = (tokenHash: string, nowMs: number) => ({
  tokenHash,
  nextTokenHash: nanoid(43),
  nowMs,
  expiresAtMs: nowMs + weekMs,
});

describeStore('sign-ins of agents', (db) => {
  it('are renewed with a new token each time', async () => {
    const { store } = db;
    const { id, agentId, tokenHash } = await signIn(store);
    const first = renewal(tokenHash, startMs + 1);
    const second = renewal(first.nextTokenHash, startMs + weekMs);

    expect(await store.rotateAgentSession(first)).toEqual({ id, agentId });
    // The first renewal has moved the end of the session: it lives a week from then on.
    expect(await store.rotateAgentSession(second)).toEqual({ id, agentId });
    expect(await store.rotateAgentSession(renewal(nanoid(43), startMs))).toBeNull();
  });

  it('outlive lost replies: the old token counts until one made from it is used', async () => {
    const { store } = db;
    const { tokenHash } = await signIn(store);
    for (const minute of [0, 10, 20]) {
      const lost = renewal(tokenHash, startMs + minute * 60_000);
      expect(await store.rotateAgentSession(lost)).not.toBeNull();
    }
  });

  it('end a token 30 s after one made from it was used', async () => {
    const { store } = db;
    const { tokenHash } = await signIn(store);
    const first = renewal(tokenHash, startMs);
    const usedAtMs = startMs + 600_000;
    await store.rotateAgentSession(first);
    expect(await store.rotateAgentSession(renewal(first.nextTokenHash, usedAtMs))).not.toBeNull();

    expect(await store.rotateAgentSession(renewal(tokenHash, usedAtMs + 29_999))).not.toBeNull();
    expect(await store.rotateAgentSession(renewal(tokenHash, usedAtMs + 30_000))).toBeNull();
    // The one that was used waits for its own successor.
    expect(await store.rotateAgentSession(renewal(first.nextTokenHash, usedAtMs + 60_000))).not.toBeNull();
  });

  it('stay whole when tabs renew at once, whichever reply the browser keeps', async () => {
    const { store } = db;
    const { tokenHash } = await signIn(store);
    const tabs = Array.from({ length: 6 }, () => renewal(tokenHash, startMs));

    const renewed = await Promise.all(tabs.map((tab) => store.rotateAgentSession(tab)));
    expect(renewed).not.toContain(null);

    const [kept, ...others] = tabs.map(({ nextTokenHash }) => nextTokenHash);
    expect(await store.rotateAgentSession(renewal(kept ?? '', startMs + 600_000))).not.toBeNull();
    // The use of one of them ends those that no browser has kept.
    for (const other of others) {
      expect(await store.rotateAgentSession(renewal(other, startMs + 630_000))).toBeNull();
    }
  });

  it('expire', async () => {
    const { store } = db;
    const { tokenHash, expiresAtMs } = await signIn(store);

    expect(await store.rotateAgentSession(renewal(tokenHash, expiresAtMs))).toBeNull();
  });

  it('tell whose they are until they are over', async () => {
    const { store } = db;
    const agent = await addAgent(store);
    const { id: sessionId, tokenHash } = await signIn(store, agent.id);
    const other = await addAgent(store);

    const { id, name, email, color, avatar } = agent;
    expect(await store.agentOfSession({ sessionId, agentId: id })).toEqual({
      id,
      name,
      email,
      color,
      avatar,
    });
    expect(await store.agentOfSession({ sessionId, agentId: other.id })).toBeNull();
    await store.endAgentSession({ tokenHash });
    expect(await store.agentOfSession({ sessionId, agentId: id })).toBeNull();
  });

  it('end by sign-out', async () => {
    const { store } = db;
    const { id, tokenHash } = await signIn(store);

    expect(await store.endAgentSession({ tokenHash })).toEqual({ id });
    expect(await store.endAgentSession({ tokenHash })).toBeNull();
    expect(await store.rotateAgentSession(renewal(tokenHash, startMs))).toBeNull();
  });

  it('end everywhere but here when the password changes', async () => {
    const { store } = db;
    const here = await signIn(store);
    const elsewhere = await signIn(store, here.agentId);
    const colleague = await signIn(store);

    await store.endAgentSessions({ agentId: here.agentId, exceptId: here.id });
    expect(await store.rotateAgentSession(renewal(elsewhere.tokenHash, startMs))).toBeNull();
    const next = renewal(here.tokenHash, startMs);
    expect(await store.rotateAgentSession(next)).not.toBeNull();

    await store.endAgentSessions({ agentId: here.agentId, exceptId: null });
    expect(await store.rotateAgentSession(renewal(next.nextTokenHash, startMs))).toBeNull();
    expect(await store.rotateAgentSession(renewal(colleague.tokenHash, startMs))).not.toBeNull();
  });

  it('belong to an agent who exists', async () => {
    await expect(signIn(db.store, newId('agent'))).rejects.toMatchObject({ code: 'not_found' });
  });
});
