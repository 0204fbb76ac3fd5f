import { expect, it } from 'vitest';
import {
  type CobrowseEvent,
  type CobrowseState,
  nextCobrowseState,
  offeredByVisitor,
  requestedByAgent,
} from '../../../../shared/model/cobrowse.ts';

const agent = { id: 'agt_1', name: 'Ada', color: '#336699', avatar: null };
const after = (first: CobrowseState, ...events: CobrowseEvent[]) =>
  events.reduce<CobrowseState | null>((state, event) => state && nextCobrowseState(state, event, 10), first);

it('to look is not to control: without a tick nobody may', () => {
  for (const event of [{ type: 'accepted' }, { type: 'accepted', allowsControl: false }] as const) {
    expect(after(requestedByAgent(agent, 0), event)).toEqual({ phase: 'active', startedAtMs: 10 });
  }
  expect(after(offeredByVisitor(0), { type: 'joined' })).toEqual({ phase: 'active', startedAtMs: 10 });
});

it('a pause lasts until the visitor goes on, also while the line is lost, and changes nothing else', () => {
  const shared: CobrowseState = { phase: 'active', startedAtMs: 5, allowsControl: true };
  const paused = after(shared, { type: 'paused' });
  expect(paused).toEqual({ ...shared, isPaused: true });
  expect(paused && after(paused, { type: 'paused' })).toBe(paused);
  expect(after(shared, { type: 'paused' }, { type: 'visitor_lost' }, { type: 'visitor_back' })).toEqual(
    paused,
  );
  expect(after(shared, { type: 'paused' }, { type: 'visitor_lost' }, { type: 'resumed' })).toMatchObject({
    phase: 'waiting',
  });
  expect(after(shared, { type: 'paused' }, { type: 'resumed' })).toEqual(shared);
  expect(after(requestedByAgent(agent, 0), { type: 'paused' })).toBeNull();
});

it('what the visitor has allowed is kept for as long as the page is shared', () => {
  const lines = [{ type: 'visitor_lost' }, { type: 'visitor_back' }] as const;
  const allowed = { phase: 'active', startedAtMs: 10, allowsControl: true };
  expect(after(requestedByAgent(agent, 0), { type: 'accepted', allowsControl: true }, ...lines)).toEqual(
    allowed,
  );
  expect(after(offeredByVisitor(0, { allowsControl: true }), { type: 'joined' }, ...lines)).toEqual(allowed);
});
