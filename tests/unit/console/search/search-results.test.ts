import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentConnection } from '../../../../console/agent-connection.ts';
import { recentSearches, withRecentSearch } from '../../../../console/search/recent-searches.ts';
import { createSearchResults } from '../../../../console/search/search-results.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Asked {
  text: string;
  beforeMs: number | null;
  answer(reply: unknown): void;
}

/** A server whose answers come when the story wants. */
function slowServer() {
  const asked: Asked[] = [];
  const request = (_: string, { text, beforeMs }: { text: string; beforeMs: number | null }) =>
    new Promise((answer) => asked.push({ text, beforeMs, answer }));
  return { asked, results: createSearchResults({ request } as unknown as AgentConnection) };
}
const page = (...times: number[]) => ({
  ok: true,
  messages: times.map((atMs) => ({ conversationId: 'c', seq: atMs, atMs })),
  customers: [],
  hasMore: times.length > 1,
});
const question = (text: string) => ({ text, siteIds: ['sit_1'] });
const soon = () => vi.advanceTimersByTimeAsync(500);

describe('searching', () => {
  it('asks once the typing rests, and shows only the answer to what was typed last', async () => {
    const { asked, results } = slowServer();
    for (const text of ['r', 're', 'ref']) results.ask(question(text));
    await soon();
    expect(asked.map(({ text }) => text)).toEqual(['ref']);
    results.ask(question('refund'));
    await soon();
    asked[1]?.answer(page(5));
    await soon();
    asked[0]?.answer(page(1));
    await soon();
    expect(results.answered.value?.text).toBe('refund');
    expect(results.messages.value.map(({ seq }) => seq)).toEqual([5]);
    results.close();
  });

  it('goes on where the last page ended', async () => {
    const { asked, results } = slowServer();
    results.askNow(question('refund'));
    asked[0]?.answer(page(9, 8));
    await soon();
    expect(results.more.value).toBe('idle');
    results.loadMore();
    results.loadMore();
    expect(asked.map(({ beforeMs }) => beforeMs)).toEqual([null, 8]);
    asked[1]?.answer(page(3));
    await soon();
    expect(results.messages.value.map(({ seq }) => seq)).toEqual([9, 8, 3]);
    expect(results.more.value).toBe('end');
    results.close();
  });

  it('tells a failure and keeps what was found before', async () => {
    const { asked, results } = slowServer();
    results.askNow(question('refund'));
    asked[0]?.answer(page(9));
    await soon();
    results.askNow(question('refunds'));
    asked[1]?.answer({ ok: false, error: 'unavailable' });
    await soon();
    expect(results.phase.value).toMatchObject({ error: 'unavailable' });
    expect(results.messages.value).toHaveLength(1);
    results.close();
  });

  it('an empty text asks nothing and shows nothing', async () => {
    const { asked, results } = slowServer();
    results.askNow(question('refund'));
    asked[0]?.answer(page(9));
    await soon();
    results.askNow(question('   '));
    expect(results.messages.value).toEqual([]);
    expect(results.answered.value).toBeNull();
    expect(asked).toHaveLength(1);
    results.close();
  });

  it('leaves no timer behind', () => {
    const { results } = slowServer();
    results.ask(question('x'));
    results.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('recent searches', () => {
  it('are few, the newest first, without the beginnings that were typed on the way', () => {
    let recent = withRecentSearch([], 'ref');
    recent = withRecentSearch(recent, '  Refund   chair ');
    expect(recent).toEqual(['Refund chair']);
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) recent = withRecentSearch(recent, text);
    expect(recent).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
    expect(withRecentSearch(recent, ' ')).toEqual(recent);
    expect(recentSearches(recent.join('\n'))).toEqual(recent);
    expect(recentSearches(null)).toEqual([]);
  });
});
