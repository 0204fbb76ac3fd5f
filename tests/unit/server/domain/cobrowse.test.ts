import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCobrowse } from '../../../../server/domain/cobrowse.ts';
import { RapportError } from '../../../../shared/errors.ts';
import type { CobrowseSession } from '../../../../shared/model/cobrowse.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

const id = 'cbs_aaaaaaaaaaaaaaaaaaaaaa';
let session: CobrowseSession;
let clock: FakeClock;
let told: string[];
let failures: unknown[];
/** Writes that wait for the disk. */
let writes: Array<{ commit(): void; fail(): void }>;
let cobrowse: ReturnType<typeof open>;

/** Co-browsing over one session, in a store whose writes take as long as the test says. */
function open() {
  const notUsed = () => Promise.reject(new Error('not used here'));
  return createCobrowse({
    store: {
      cobrowse: async () => session,
      setCobrowseState: ({ from, state }) =>
        new Promise<void>((resolve, reject) => {
          writes.push({
            commit() {
              if (session.state.phase !== from) return reject(new RapportError('wrong_phase'));
              session = { ...session, state };
              resolve();
            },
            fail: () => reject(new RapportError('unavailable')),
          });
        }),
      openCobrowses: async () => [session],
      createCobrowse: notUsed,
      openCobrowse: notUsed,
      visitorById: notUsed,
    },
    conversations: { append: notUsed, require: notUsed, start: notUsed },
    membership: { requireMember: notUsed },
    directory: { byId: async () => null },
    presence: { seen: (visitor) => ({ ...visitor, online: true }) },
    publisher: {
      toVisitor: (_visitorId, _fact, payload) => {
        if ('session' in payload) told.push(payload.session.state.phase);
      },
      toSite: () => {},
      toVisitorsOfSite: () => {},
    },
    facts: { summary: async () => null },
    recordings: { begin: notUsed, finish: async () => false, mayRecord: notUsed, tellStopped: notUsed },
    clock,
    viewerOrigin: () => null,
    endStream: () => {},
    onFailure: (error) => failures.push(error),
  });
}

beforeEach(() => {
  clock = createFakeClock();
  [told, failures, writes] = [[], [], []];
  session = {
    id,
    siteId: 'sit_aaaaaaaaaaaaaaaaaaaaaa',
    conversationId: 'cnv_aaaaaaaaaaaaaaaaaaaaaa',
    visitorId: 'vis_aaaaaaaaaaaaaaaaaaaaaa',
    state: { phase: 'active', startedAtMs: clock.nowMs() },
  };
  cobrowse = open();
});
afterEach(() => cobrowse.close());

const nextWrite = async () => {
  await expect.poll(() => writes.length).toBe(1);
  const write = writes.pop();
  if (!write) throw new Error('no write');
  return write;
};

it('a page that is back before its loss is on disk is shared again', async () => {
  cobrowse.setStreaming(id, false);
  const lost = await nextWrite();
  cobrowse.setStreaming(id, true);
  lost.commit();
  (await nextWrite()).commit();
  await expect.poll(() => told).toEqual(['waiting', 'active']);
  expect(session.state.phase).toBe('active');
  expect(clock.waiting()).toBe(0);
});

it('a page that is lost while its return is written is waited for', async () => {
  session = {
    ...session,
    state: { phase: 'waiting', startedAtMs: 0, resumeUntilMs: clock.nowMs() + 60_000 },
  };
  cobrowse.setStreaming(id, true);
  const back = await nextWrite();
  cobrowse.setStreaming(id, false);
  back.commit();
  (await nextWrite()).commit();
  await expect.poll(() => told).toEqual(['active', 'waiting']);
  expect(clock.waiting()).toBe(1);
});

it('a loss that cannot be written is written later, unless the page has come back', async () => {
  cobrowse.setStreaming(id, false);
  (await nextWrite()).fail();
  await expect.poll(() => failures).toMatchObject([{ code: 'unavailable' }]);
  clock.pass(5_000);
  (await nextWrite()).fail();
  await expect.poll(() => failures).toHaveLength(2);
  cobrowse.setStreaming(id, true);
  expect(clock.waiting()).toBe(0);
  expect(session.state.phase).toBe('active');
});
