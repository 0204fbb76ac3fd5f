import { expect, it } from 'vitest';
import { checkChat } from '../model/chat-model.ts';

it('loses, doubles and reorders nothing, whatever network, reloads and restarts do', {
  timeout: 120_000,
}, async () => {
  const stories: unknown[] = [];
  const result = await checkChat({ runs: 30, seed: 20_261, onFault: (story) => stories.push(story) });

  expect(stories).toEqual([]);
  expect(result).toEqual({ runs: 30, seed: 20_261, lost: 0, duplicated: 0, reordered: 0 });
});
