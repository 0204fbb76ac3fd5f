import { expect, it } from 'vitest';
import { createLanes } from '../../../../server/domain/lanes.ts';

it('work of one key waits for the work before it, also when that fails; other keys do not', async () => {
  const lanes = createLanes();
  const done: string[] = [];
  let fail = (_error: Error): void => {};
  const first = lanes.run('shop', () => new Promise<void>((_resolve, reject) => (fail = reject)));
  const second = lanes.run('shop', async () => void done.push('second'));
  await lanes.run('other', async () => void done.push('other'));
  expect(done).toEqual(['other']);
  fail(new Error('first failed'));
  await expect(first).rejects.toThrow('first failed');
  await second;
  expect(done).toEqual(['other', 'second']);
});
