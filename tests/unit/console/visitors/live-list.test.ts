import { describe, expect, it } from 'vitest';
import {
  emptyList,
  listOf,
  matchesSearch,
  nextShown,
  type ShownList,
  withoutVisitor,
  withVisitor,
} from '../../../../console/visitors/live-list.ts';
import type { LiveVisitor } from '../../../../shared/model/visitor.ts';

const visitor = (id: string, sinceMs: number, part: Partial<LiveVisitor> = {}): LiveVisitor => ({
  id,
  siteId: 'sit_shop',
  visitorId: null,
  name: null,
  verified: false,
  page: { url: 'https://shop.example/', title: 'Shop' },
  referrer: '',
  browser: 'Firefox 140 on Linux',
  language: 'de',
  sinceMs,
  pageSinceMs: sinceMs,
  tabs: 1,
  ...part,
});
const nothing: ShownList = { ids: [], gone: new Set(), waiting: 0 };

describe('visitors come, move and leave', () => {
  it('each is there once, and counted once', () => {
    let list = withVisitor(emptyList, visitor('a', 1));
    list = withVisitor(list, visitor('a', 1, { page: { url: 'https://shop.example/cart', title: 'Cart' } }));
    list = withVisitor(list, visitor('b', 2));
    expect(list.total).toBe(2);
    expect(list.visitors.get('a')?.page.title).toBe('Cart');
    list = withoutVisitor(withoutVisitor(list, 'a'), 'a');
    expect([...list.visitors.keys()]).toEqual(['b']);
    expect(list.total).toBe(1);
  });

  it('those beyond the list stay in the count', () => {
    const list = withoutVisitor(listOf([visitor('a', 1), visitor('b', 2)], 740), 'b');
    expect(list.total).toBe(739);
  });
});

describe('rows under the pointer do not jump', () => {
  const [old, mid, fresh] = [visitor('old', 1), visitor('mid', 2), visitor('fresh', 3)];

  it('the newest stands first while nobody is in the list', () => {
    expect(nextShown(nothing, [old, fresh, mid], false).ids).toEqual(['fresh', 'mid', 'old']);
  });

  it('while somebody is, who leaves stays marked and who comes waits', () => {
    const shown = nextShown(nothing, [old, mid], false);
    const held = nextShown(shown, [old, fresh], true);
    expect(held).toEqual({ ids: ['mid', 'old'], gone: new Set(['mid']), waiting: 1 });
    expect(nextShown(held, [old, fresh], false)).toEqual({
      ids: ['fresh', 'old'],
      gone: new Set(),
      waiting: 0,
    });
  });
});

it('is searched by everything that is shown', () => {
  const ada = visitor('a', 1, {
    name: 'Ada King',
    page: { url: 'https://shop.example/sofas', title: 'Sofas' },
  });
  expect(
    ['ada', 'SOFAS king', 'firefox linux', ''].every((typed) => matchesSearch(ada, typed, 'en-GB')),
  ).toBe(true);
  expect(matchesSearch(ada, 'ada chairs', 'en-GB')).toBe(false);
  expect(matchesSearch(visitor('b', 1), 'visitor german', 'en-GB')).toBe(true);
});
