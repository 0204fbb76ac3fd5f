import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  checkShareLog,
  eventOfFact,
  eventOfState,
  firstHash,
  hashedText,
  isGrownFrom,
  type ShareLogEntry,
} from '../../../../shared/model/share-log.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A log of so many entries, as the server makes it. */
function logOf(count: number): ShareLogEntry[] {
  const entries: ShareLogEntry[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const entry = {
      seq,
      sessionId: 'cbs_one',
      atMs: 1_000 + seq,
      event: { type: 'joined' as const, agentId: 'agt_ada', name: `Ada ${seq}` },
    };
    entries.push({ ...entry, hash: sha256(hashedText(entries.at(-1)?.hash ?? firstHash, entry)) });
  }
  return entries;
}

it('is whole when each entry follows from the one before', async () => {
  const log = logOf(4);
  expect(await checkShareLog(log, sha256)).toEqual({ ok: true, entries: 4, lastHash: log[3]?.hash });
  expect(await checkShareLog([], sha256)).toEqual({ ok: true, entries: 0, lastHash: firstHash });
});

it('does not care in which order the fields of an event come', async () => {
  const [entry] = logOf(1);
  const turned = { ...entry, event: { name: 'Ada 1', type: 'joined', agentId: 'agt_ada' } } as ShareLogEntry;
  expect((await checkShareLog([turned], sha256)).ok).toBe(true);
});

/** The log with the entry at `index` changed. */
const withEntry = (log: ShareLogEntry[], index: number, change: Partial<ShareLogEntry>) =>
  log.map((entry, at) => (at === index ? { ...entry, ...change } : entry));

it.each<[string, (log: ShareLogEntry[]) => ShareLogEntry[], number]>([
  ['a changed event', (log) => withEntry(log, 1, { event: { type: 'left', agentId: 'agt_ada' } }), 2],
  ['a changed time', (log) => withEntry(log, 2, { atMs: 1 }), 3],
  ['an entry taken out', (log) => log.filter((_, at) => at !== 1), 2],
  ['two that changed places', ([one, two, ...rest]) => [two, one, ...rest].flatMap((each) => each ?? []), 1],
  ['a beginning cut off', (log) => log.slice(1), 1],
])('gives away %s', async (_name, change, seq) => {
  expect(await checkShareLog(change(logOf(4)), sha256)).toEqual({ ok: false, seq });
});

it('knows whether it has only grown', () => {
  const log = logOf(4);
  expect(isGrownFrom(log, log.slice(0, 2))).toBe(true);
  expect(isGrownFrom(log, log)).toBe(true);
  expect(isGrownFrom(log.slice(0, 2), log)).toBe(false);
  expect(isGrownFrom(log, [{ ...log[0], hash: firstHash } as ShareLogEntry])).toBe(false);
});

it('tells the beginning and the end of what was shared, and nothing of what never began', () => {
  const active = { phase: 'active' as const, startedAtMs: 5, allowsControl: true };
  expect(eventOfState('requested', active)).toEqual({ atMs: 5, event: { type: 'started', control: true } });
  expect(eventOfState('waiting', active)).toBeNull();
  const ended = { phase: 'ended' as const, reason: 'visitor_stopped' as const, endedAtMs: 9 };
  expect(eventOfState('active', { ...ended, startedAtMs: 5 })).toEqual({
    atMs: 9,
    event: { type: 'ended', reason: 'visitor_stopped' },
  });
  expect(eventOfState('requested', { ...ended, startedAtMs: null })).toBeNull();
});

it('keeps of a page its address without what follows the path, and nothing that stands on it', () => {
  const page = { type: 'page' as const, url: 'https://a.example/x?q=#y', title: 'Secret plans', atMs: 3 };
  expect(eventOfFact(page)).toEqual({ atMs: 3, event: { type: 'page', address: 'https://a.example/x' } });
  const agent = { id: 'agt_ada', name: 'Ada', color: '#000' };
  expect(eventOfFact({ type: 'action', agent, words: 'clicked “Transfer”', atMs: 4 })).toBeNull();
});
