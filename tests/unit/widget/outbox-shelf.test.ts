import { expect, it } from 'vitest';
import type { OutboxItem } from '../../../widget/outbox-item.ts';
import { createOutboxShelf } from '../../../widget/outbox-shelf.ts';

const item: OutboxItem = {
  clientId: 'm1',
  order: 1,
  task: { kind: 'message', text: 'private words', conversationId: 'cnv_1', draftId: null },
  composedAtMs: 1,
  tries: 0,
  firstTryAtMs: null,
  state: 'pending',
  error: null,
};

it('gives what one visitor wrote to that one only', async () => {
  let owner = 'vt_jane';
  const shelf = createOutboxShelf({ name: 'rapport:test', owner: () => owner, report: () => {} });
  await shelf.put([item]);
  expect(await shelf.all()).toEqual([item]);
  owner = 'vt_john';
  expect(await shelf.all()).toEqual([]);
});
