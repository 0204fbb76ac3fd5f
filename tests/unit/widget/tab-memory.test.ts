import { expect, it } from 'vitest';
import { createStorage } from '../../../widget/page/storage.ts';
import { createTabMemory } from '../../../widget/tab-memory.ts';

const none = () => {
  throw new Error('no storage');
};

it('remembers texts that were begun, each at its place', () => {
  const storage = createStorage(none);
  createTabMemory({ storage, name: 'n' }).setDraft('cnv_1', 'half a sen');
  const later = createTabMemory({ storage, name: 'n' });
  expect(later.draft('cnv_1')).toBe('half a sen');
  expect(later.draft('cnv_2')).toBe('');
  later.setDraft('cnv_1', '');
  expect(later.draft('cnv_1')).toBe('');
});

it('takes no harm from names of JavaScript’s own or from what others wrote', () => {
  const storage = createStorage(none);
  const memory = createTabMemory({ storage, name: 'n' });
  expect(memory.draft('__proto__')).toBe('');
  expect(memory.draft('constructor')).toBe('');
  storage.write('n', '"text"');
  expect(memory.isOpen()).toBe(false);
  memory.setOpen(true);
  expect(memory.isOpen()).toBe(true);
});
