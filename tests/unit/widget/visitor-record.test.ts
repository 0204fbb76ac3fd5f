import { expect, it } from 'vitest';
import { createStorage } from '../../../widget/page/storage.ts';
import { createVisitorRecord } from '../../../widget/visitor-record.ts';

function createBrowser() {
  const kept = new Map<string, string>();
  const found = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  } as globalThis.Storage;
  return {
    kept,
    tab: () => createVisitorRecord({ storage: createStorage(() => found), siteKey: 'pk_shop' }),
  };
}

it('leaves nothing in the browser before the visitor acts', () => {
  const { kept, tab } = createBrowser();
  const record = tab();
  record.note({ unread: 3, stopped: ['cbs_1'] });
  expect(record.token()).toMatch(/^vt_[A-Za-z0-9_-]{43}$/);
  expect(kept.size).toBe(0);
  expect(record.isKept()).toBe(false);
});

it('keeps the token from then on, for the next page too', () => {
  const { kept, tab } = createBrowser();
  const record = tab();
  record.note({ stopped: ['cbs_1'] });
  record.keep();
  expect([...kept.keys()]).toEqual(['rapport:pk_shop']);
  expect(tab().token()).toBe(record.token());
  expect(tab().stopped()).toEqual(['cbs_1']);
});

it('takes the token of the tab that acted first', () => {
  const { tab } = createBrowser();
  const [first, second] = [tab(), tab()];
  const token = first.token();
  expect(second.token()).not.toBe(token);
  first.keep();
  second.keep();
  expect([first.token(), second.token()]).toEqual([token, token]);
});

it.each(['not json', '{"token":"vt_short"}', 'null', '[]', '{"token":5}'])(
  'counts a broken entry as none: %s',
  (text) => {
    const { kept, tab } = createBrowser();
    kept.set('rapport:pk_shop', text);
    const record = tab();
    expect(record.isKept()).toBe(false);
    record.keep();
    expect(tab().token()).toBe(record.token());
  },
);

it('is somebody else after it was told to forget', () => {
  const { kept, tab } = createBrowser();
  const record = tab();
  record.keep();
  const before = record.token();
  record.forget();
  expect(kept.size).toBe(0);
  expect(record.token()).not.toBe(before);
});

it('is somebody else in the tab that made the token, after another tab was told to forget', () => {
  const { tab } = createBrowser();
  const [first, second] = [tab(), tab()];
  first.keep();
  const before = first.token();
  second.forget();
  first.renew();
  expect(first.token()).not.toBe(before);
  second.keep();
  first.renew();
  expect(first.token()).toBe(second.token());
});
