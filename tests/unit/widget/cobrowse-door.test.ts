import { expect, it } from 'vitest';
import type { CobrowseSession, CobrowseState } from '../../../shared/model/cobrowse.ts';
import { defaultSiteSettings, siteConfig } from '../../../shared/model/site.ts';
import type { CobrowseParts } from '../../../widget/cobrowse-contract.ts';
import { createCobrowseDoor } from '../../../widget/cobrowse-door.ts';
import { settle } from './fake-clock.ts';

const session = (id: string, state: CobrowseState): CobrowseSession => ({
  id,
  siteId: 'sit_1',
  conversationId: 'cnv_1',
  visitorId: 'vis_1',
  state,
});
const active = (id = 'cbs_1') => session(id, { phase: 'active', startedAtMs: 1 });
const ended = (id = 'cbs_1') =>
  session(id, { phase: 'ended', reason: 'visitor_stopped', startedAtMs: 1, endedAtMs: 2 });

function createStory(stopped = new Set<string>()) {
  const told: string[] = [];
  const sentStops: string[] = [];
  let loads = 0;
  let requests: CobrowseParts['requests'] | undefined;
  let partToken: (() => string) | undefined;
  const visitor = { token: 'vt_1' };
  const host = {} as HTMLElement;
  const door = createCobrowseDoor({
    async load() {
      loads += 1;
      return (parts) => {
        requests = parts.requests;
        partToken = parts.token;
        return {
          update: (next) => told.push(next ? `${next.id} ${next.state.phase}` : 'none'),
          offer: () => told.push('offer'),
          code: () => told.push('code'),
          close: () => told.push('closed'),
        };
      };
    },
    token: () => visitor.token,
    parts: {
      origin: 'https://help.example',
      siteKey: 'pk_shop',
      identity: () => null,
      tab: 'tab_1234',
      config: siteConfig(defaultSiteSettings('Shop', [])),
      host,
      root: {} as ShadowRoot,
      page: { current: () => ({ url: '', title: '' }), onChange: () => () => {} },
      tell() {},
      closePanel() {},
      onPaused() {},
      requests: {
        offer: async () => active(),
        answer: async () => active(),
        pause: async () => active(),
        stopRecording: async () => active(),
        code: async () => ({ code: '012345', expiresAtMs: 1 }),
      },
    },
    stopped: {
      has: (id) => stopped.has(id),
      add: (id) => void stopped.add(id),
      remove: (id) => void stopped.delete(id),
    },
    sendStop: (id) => sentStops.push(id),
    onSession: () => {},
    report: (error) => {
      throw error;
    },
  });
  return {
    door,
    told,
    sentStops,
    stopped,
    loads: () => loads,
    requests: () => requests,
    visitor,
    partToken: () => partToken?.(),
  };
}

it('fetches the part only when there is a session', async () => {
  const { door, loads, told } = createStory();
  door.hear(null);
  await settle();
  expect(loads()).toBe(0);
  door.hear(active());
  door.hear(active());
  await settle();
  expect(loads()).toBe(1);
  expect(told).toContain('cbs_1 active');
});

it('lets the part connect with the token that another tab has put in the place of its own', async () => {
  const { door, visitor, partToken } = createStory();
  door.hear(active());
  await settle();
  visitor.token = 'vt_2';
  expect(partToken()).toBe('vt_2');
});

it('ends for the part when the server says so', async () => {
  const { door, told } = createStory();
  door.hear(active());
  await settle();
  door.hear(ended());
  expect(told.at(-1)).toBe('none');
});

it('does not end a session because another one has ended', async () => {
  const { door, told } = createStory();
  door.hear(active('cbs_2'));
  await settle();
  door.hear(ended('cbs_1'));
  expect(told).toEqual(['cbs_2 active']);
});

it('stops at once, and stays stopped over a page load until the server knows', async () => {
  const stopped = new Set<string>();
  const before = createStory(stopped);
  before.door.hear(active());
  await settle();
  const told = before.requests()?.stop('cbs_1');
  expect(before.told.at(-1)).toBe('none');
  expect(before.sentStops).toEqual(['cbs_1']);

  const after = createStory(stopped);
  after.door.hear(active());
  await settle();
  expect(after.loads()).toBe(0);
  expect(after.sentStops).toEqual(['cbs_1']);

  before.door.onStopDelivered('cbs_1', ended());
  expect(stopped.size).toBe(0);
  await expect(told).resolves.toEqual(ended());
});

it('hears of the stop from another tab without sending it again', async () => {
  const { door, told, sentStops } = createStory();
  door.hear(active());
  await settle();
  door.stopHere('cbs_1');
  expect(told.at(-1)).toBe('none');
  expect(sentStops).toEqual([]);
});

it('rejects a stop that the server refuses, because there is nothing to stop', async () => {
  const { door, stopped } = createStory();
  const told = door.stop('cbs_1');
  door.onStopDelivered('cbs_1', 'wrong_phase');
  await expect(told).rejects.toThrow('wrong_phase');
  expect(stopped.size).toBe(0);
});

it('asks for consent before it offers', async () => {
  const { door, told } = createStory();
  door.offer();
  door.code();
  await settle();
  expect(told).toEqual(['offer', 'code']);
});
