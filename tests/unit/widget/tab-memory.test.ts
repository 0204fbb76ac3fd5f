import { expect, it } from 'vitest';
import { createStorage } from '../../../widget/page/storage.ts';
import { createTabMemory } from '../../../widget/tab-memory.ts';

const none = () => {
  throw new Error('no storage');
};

const nothing = { text: '', heldId: null };

it('remembers messages that were begun, words and files, each at its place', () => {
  const storage = createStorage(none);
  createTabMemory({ storage, name: 'n' }).setDraft('cnv_1', { text: 'half a sen' });
  const later = createTabMemory({ storage, name: 'n' });
  later.setDraft('cnv_1', { heldId: 'files' });
  expect(later.draft('cnv_1')).toEqual({ text: 'half a sen', heldId: 'files' });
  expect(later.draft('cnv_2')).toEqual(nothing);
  later.setDraft('cnv_1', { text: '' });
  expect(later.draft('cnv_1')).toEqual({ text: '', heldId: 'files' });
  later.setDraft('cnv_1', nothing);
  expect(storage.read('n')).toBe('{"drafts":{}}');
});

it('takes no harm from names of JavaScript’s own or from what others wrote', () => {
  const storage = createStorage(none);
  const memory = createTabMemory({ storage, name: 'n' });
  expect(memory.draft('__proto__')).toEqual(nothing);
  expect(memory.draft('constructor')).toEqual(nothing);
  storage.write('n', '"text"');
  expect(memory.isOpen()).toBe(false);
  memory.setOpen(true);
  expect(memory.isOpen()).toBe(true);
});
