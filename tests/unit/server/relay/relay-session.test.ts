import { describe, expect, it } from 'vitest';
import { RelaySession, type TabLink, type ViewerLink } from '../../../../server/relay/relay-session.ts';
import type { AgentCard } from '../../../../shared/model/agent.ts';

const bounds = {
  maxEpochBytes: 10_000,
  maxPartsPerBatch: 4,
  maxAssetBytes: 5_000,
  maxOneAssetBytes: 4_000,
  maxBehindBytes: 2_000,
  maxTabs: 3,
};

/** A tab's page: remembers what the relay told it, and sends. */
function openTab(session: RelaySession, tab: string) {
  const told = { wanted: [] as string[], viewers: [] as string[], pointers: [] as unknown[] };
  const link: TabLink = {
    wantEpoch: (reason) => told.wanted.push(reason),
    showPointer: (_agent, pointer) => told.pointers.push(pointer),
    showViewers: (cards) => {
      told.viewers = cards.map((card) => card.name);
    },
  };
  const isIn = session.joinTab(tab, link);
  let epoch = 0;
  let batch = 0;
  return {
    told,
    isIn,
    link,
    focus: (focused = true) =>
      session.changeTab(tab, {
        tab,
        page: { url: 'https://shop.example/', title: tab },
        focused,
        hidden: !focused,
        widthPx: 800,
        heightPx: 600,
      }),
    newEpoch() {
      epoch += 1;
      batch = 0;
      session.startEpoch(tab, { tab, epoch, reason: 'started' });
    },
    send(size = 10) {
      session.addBatch(tab, { tab, epoch, batch, part: 0, parts: 1 }, new Uint8Array(size));
      batch += 1;
    },
    skipBatch() {
      batch += 1;
    },
  };
}

/** An agent's connection: takes frames while it is not stalled. */
function openViewer(session: RelaySession, name: string) {
  const agent: AgentCard = { id: name, name, color: '#000000', avatar: null };
  const got: string[] = [];
  const state = {
    stalled: false,
    shown: null as string | null,
    online: false,
    viewers: [] as string[],
    bytes: 0,
  };
  const link: ViewerLink = {
    agent,
    isWritable: () => !state.stalled,
    sendEpoch: ({ tab, epoch }) => got.push(`${tab} epoch ${epoch}`),
    sendBatch: (header, bytes) => {
      got.push(`${header.tab} ${header.epoch}.${header.batch}`);
      state.bytes += bytes.length;
    },
    sendAsset: (header) => got.push(`asset ${header.id[0]}`),
    sendTabs: (facts) => {
      state.shown = facts.shown;
      state.online = facts.online;
    },
    sendViewers: (cards) => {
      state.viewers = cards.map((card) => card.name);
    },
  };
  const viewer = session.joinViewer(link);
  return {
    got,
    state,
    viewer,
    stall() {
      state.stalled = true;
    },
    drain() {
      state.stalled = false;
      session.pump(viewer);
    },
  };
}

describe('relay session', () => {
  it('CB1: a late agent gets the epoch so far and the live batches after it; the page is not asked', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.newEpoch();
    page.send();
    page.send();
    const agent = openViewer(session, 'Anna');
    page.send();
    expect(agent.got).toEqual(['tab-a epoch 1', 'tab-a 1.0', 'tab-a 1.1', 'tab-a 1.2']);
    expect(page.told.wanted).toEqual([]);
    expect(page.told.viewers).toEqual(['Anna']);
  });

  it('CB2: after a hole nothing is passed on until the next epoch, which is asked for once', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    const agent = openViewer(session, 'Anna');
    page.newEpoch();
    page.send();
    page.skipBatch();
    page.send();
    page.send();
    expect(page.told.wanted).toEqual(['gap']);
    page.newEpoch();
    page.send();
    expect(agent.got).toEqual(['tab-a epoch 1', 'tab-a 1.0', 'tab-a epoch 2', 'tab-a 2.0']);
  });

  it('CB3: many late agents on a broken epoch ask the page once', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.newEpoch();
    page.skipBatch();
    page.send();
    const agents = ['Anna', 'Ben', 'Cem'].map((name) => openViewer(session, name));
    expect(page.told.wanted).toEqual(['gap']);
    page.newEpoch();
    page.send();
    for (const agent of agents) expect(agent.got).toEqual(['tab-a epoch 2', 'tab-a 2.0']);
  });

  it('CB4: a stalled agent is skipped to a new epoch; the other one sees every batch', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.newEpoch();
    page.send();
    const slow = openViewer(session, 'Slow');
    const quick = openViewer(session, 'Quick');
    slow.stall();
    for (let count = 0; count < 5; count += 1) page.send(500);
    expect(quick.got).toHaveLength(7);
    expect(page.told.wanted).toEqual(['overflow']);
    page.newEpoch();
    page.send(500);
    slow.drain();
    expect(slow.got.slice(2)).toEqual(['tab-a epoch 2', 'tab-a 2.0']);
  });

  it('asks for a new epoch before the buffer is full, so that the stream goes on without a break', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    const agent = openViewer(session, 'Anna');
    page.newEpoch();
    page.send(7_000);
    page.send(500);
    expect(page.told.wanted).toEqual(['oversize']);
    page.send(500);
    expect(agent.got).toEqual(['tab-a epoch 1', 'tab-a 1.0', 'tab-a 1.1', 'tab-a 1.2']);
  });

  it('a viewer that lost its place gets the epoch again; the page is asked only when the epoch cannot be read', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.newEpoch();
    page.send();
    const agent = openViewer(session, 'Anna');
    session.restartEpoch(agent.viewer, 'tab-a', false, 0);
    expect(agent.got.slice(2)).toEqual(['tab-a epoch 1', 'tab-a 1.0']);
    expect(page.told.wanted).toEqual([]);
    session.restartEpoch(agent.viewer, 'tab-a', true, 0);
    session.restartEpoch(agent.viewer, 'tab-a', true, 0);
    page.send();
    expect(page.told.wanted).toEqual(['gap']);
    expect(agent.got).toHaveLength(4);
    page.newEpoch();
    page.send();
    expect(agent.got.slice(4)).toEqual(['tab-a epoch 2', 'tab-a 2.0']);
  });

  it('complaints about one epoch become one wish, even when they come after the next epoch has begun', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.newEpoch();
    page.send();
    const [anna, ben] = ['Anna', 'Ben'].map((name) => openViewer(session, name));
    if (!anna || !ben) throw new Error('two agents look');
    session.restartEpoch(anna.viewer, 'tab-a', true, 10_000);
    page.newEpoch();
    page.send();
    session.restartEpoch(ben.viewer, 'tab-a', true, 11_999);
    expect(ben.got.slice(-2)).toEqual(['tab-a epoch 2', 'tab-a 2.0']);
    expect(page.told.wanted).toEqual(['gap']);
    session.restartEpoch(ben.viewer, 'tab-a', true, 12_000);
    expect(page.told.wanted).toEqual(['gap', 'gap']);
  });

  it('a page whose clock went back is seen after its next connection; until then the old picture stays', () => {
    const session = new RelaySession(bounds);
    const before = openTab(session, 'tab-a');
    for (let count = 0; count < 5; count += 1) before.newEpoch();
    before.send();
    const agent = openViewer(session, 'Anna');
    const after = openTab(session, 'tab-a');
    expect(openViewer(session, 'Late').got).toEqual(['tab-a epoch 5', 'tab-a 5.0']);
    after.newEpoch();
    after.send();
    expect(agent.got).toEqual(['tab-a epoch 5', 'tab-a 5.0', 'tab-a epoch 1', 'tab-a 1.0']);
    expect(session.isLinked('tab-a', before.link)).toBe(false);
    expect(session.isLinked('tab-a', after.link)).toBe(true);
  });

  it('follows the focused tab, and stays on the one that the agent chose', () => {
    const session = new RelaySession(bounds);
    const first = openTab(session, 'tab-a');
    first.focus();
    first.newEpoch();
    first.send();
    const follower = openViewer(session, 'Anna');
    const chooser = openViewer(session, 'Ben');
    session.chooseTab(chooser.viewer, 'tab-a');
    const second = openTab(session, 'tab-b');
    second.newEpoch();
    second.send();
    first.focus(false);
    second.focus();
    expect(follower.state.shown).toBe('tab-b');
    expect(follower.got.slice(-2)).toEqual(['tab-b epoch 1', 'tab-b 1.0']);
    expect(chooser.state.shown).toBe('tab-a');
    expect(chooser.got.at(-1)).toBe('tab-a 1.0');
    session.closeTab('tab-b', second.link);
    expect(follower.state.shown).toBe('tab-a');
  });

  it('keeps the last picture when the visitor is gone, and says so', () => {
    const session = new RelaySession(bounds);
    const page = openTab(session, 'tab-a');
    page.focus();
    page.newEpoch();
    page.send();
    session.leaveTab('tab-a', page.link);
    const late = openViewer(session, 'Late');
    expect(session.isVisitorOnline).toBe(false);
    expect(late.state).toMatchObject({ online: false, shown: 'tab-a' });
    expect(late.got).toEqual(['tab-a epoch 1', 'tab-a 1.0']);
  });

  it('an old connection that closes late does not end the one that replaced it', () => {
    const session = new RelaySession(bounds);
    const before = openTab(session, 'tab-a');
    openTab(session, 'tab-a');
    session.closeTab('tab-a', before.link);
    session.leaveTab('tab-a', before.link);
    expect(session.isVisitorOnline).toBe(true);
  });

  it('takes no more tabs than allowed; a tab that is gone makes room', () => {
    const session = new RelaySession(bounds);
    const first = openTab(session, 'tab-a');
    openTab(session, 'tab-b');
    openTab(session, 'tab-c');
    expect(openTab(session, 'tab-d').isIn).toBe(false);
    session.leaveTab('tab-a', first.link);
    expect(openTab(session, 'tab-d').isIn).toBe(true);
  });

  it('a pointer reaches the page it points at, and leaves with its agent', () => {
    const session = new RelaySession(bounds);
    const first = openTab(session, 'tab-a');
    const second = openTab(session, 'tab-b');
    const agent = openViewer(session, 'Anna');
    const pointer = { tab: 'tab-b', epoch: 1, node: 7, x: 0.5, y: 0.5 };
    session.movePointer(agent.viewer, pointer);
    expect(second.told.pointers).toEqual([pointer]);
    expect(first.told.pointers).toEqual([]);
    session.leaveViewer(agent.viewer);
    expect(second.told.pointers.at(-1)).toBeNull();
    expect(second.told.viewers).toEqual([]);
  });

  it('a late agent gets the images that are held', () => {
    const session = new RelaySession(bounds);
    openTab(session, 'tab-a');
    session.addAsset(
      'tab-a',
      { id: 'c'.repeat(64), mime: 'image/png', part: 0, parts: 1 },
      new Uint8Array(9),
    );
    expect(openViewer(session, 'Anna').got).toEqual(['asset c']);
    expect(session.heldAssetIds()).toEqual(['c'.repeat(64)]);
  });
});
