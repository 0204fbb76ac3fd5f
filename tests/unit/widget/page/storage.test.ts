import { expect, it } from 'vitest';
import { createStorage } from '../../../../widget/page/storage.ts';

it('keeps things for the page’s life where the browser forbids storage', () => {
  const storage = createStorage(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(storage.read('a')).toBeNull();
  storage.write('a', '1');
  expect(storage.read('a')).toBe('1');
  storage.remove('a');
  expect(storage.read('a')).toBeNull();
});

it('keeps in memory what a full storage refuses', () => {
  const full = {
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem() {},
  } as Partial<globalThis.Storage> as globalThis.Storage;
  const storage = createStorage(() => full);
  storage.write('a', '1');
  expect(storage.read('a')).toBe('1');
});
