import { describe, expect, it } from 'vitest';
import { type CobrowseFact, summaryOf } from '../../../../shared/model/cobrowse-summary.ts';

const startedAtMs = 1_700_000_000_000;
const at = (seconds: number) => startedAtMs + seconds * 1_000;
const session = { startedAtMs, endedAtMs: at(100), isRecorded: false };
const ada = { id: 'agt_ada', name: 'Ada', color: '#0072b2' };
const ben = { id: 'agt_ben', name: 'Ben', color: '#009e73' };
const page = (path: string, seconds: number, title = path): CobrowseFact => ({
  type: 'page',
  url: `https://shop.example/${path}`,
  title,
  atMs: at(seconds),
});
const stays = (facts: CobrowseFact[]) =>
  summaryOf(facts, session).pages.map(({ title, stayMs }) => [title, stayMs / 1_000]);
const watched = (facts: CobrowseFact[]) =>
  summaryOf(facts, session).watchers.map(({ name, watchedMs }) => [name, watchedMs / 1_000]);

describe('the pages of a session', () => {
  it('last until the next one, and the last until the end', () => {
    expect(stays([page('chairs', 0), page('tables', 30), page('chairs', 45)])).toEqual([
      ['chairs', 30],
      ['tables', 15],
      ['chairs', 55],
    ]);
  });

  it('are one page while the address stays, by its newest title', () => {
    expect(stays([page('chairs', 0, ''), page('chairs', 2, 'Chairs'), page('chairs', 5, '')])).toEqual([
      ['Chairs', 100],
    ]);
  });

  it('begin no sooner than the session, and end with it', () => {
    expect(stays([page('chairs', -20), page('tables', 130)])).toEqual([
      ['chairs', 100],
      ['tables', 0],
    ]);
  });

  it('are listed up to a bound, and the rest counted', () => {
    const many = Array.from({ length: 70 }, (_, index) => page(`p${index}`, index));
    const { pages, morePages } = summaryOf(many, session);
    expect([pages.length, morePages]).toEqual([50, 20]);
    const long = summaryOf([page('x'.repeat(2_000), 0)], session);
    expect(long.pages[0]?.url).toHaveLength(500);
  });
});

describe('who watched', () => {
  it('is counted while they did, over several stays', () => {
    expect(
      watched([
        { type: 'joined', agent: ada, atMs: at(-3) },
        { type: 'joined', agent: ben, atMs: at(10) },
        { type: 'left', agentId: ada.id, atMs: at(20) },
        { type: 'joined', agent: ada, atMs: at(50) },
        { type: 'left', agentId: ben.id, atMs: at(60) },
      ]),
    ).toEqual([
      ['Ada', 70],
      ['Ben', 50],
    ]);
  });

  it('is not counted twice when a line was lost without a goodbye', () => {
    const joined = { type: 'joined', agent: ada } as const;
    expect(
      watched([
        { ...joined, atMs: at(0) },
        { ...joined, atMs: at(40) },
      ]),
    ).toEqual([['Ada', 100]]);
    expect(watched([{ type: 'left', agentId: ada.id, atMs: at(5) }])).toEqual([]);
  });
});

it('says what agents did, and when', () => {
  const { actions } = summaryOf(
    [{ type: 'action', agent: ada, words: 'clicked “Add to cart”', atMs: at(12) }],
    session,
  );
  expect(actions).toEqual([
    { agentId: ada.id, agentName: 'Ada', words: 'clicked “Add to cart”', atMs: at(12) },
  ]);
});
