import { expect, it } from 'vitest';
import { maxAssetBytes, maxOneAssetBytes } from '../../../../shared/limits.ts';
import { createAssetCollector } from '../../../../widget/cobrowse/asset-collector.ts';

/** Different images of the largest size, each a GIF by its first bytes. */
const image = (index: number) => `data:image/gif,${`GIF89a${index}`.padEnd(maxOneAssetBytes, '.')}`;

it('counts once what was lost on the way and is sent again', async () => {
  const sent: string[] = [];
  const bound: Array<string | null> = [];
  const assets = createAssetCollector({
    baseUrl: () => 'https://shop.example/',
    bind: ({ id }) => bound.push(id),
    send({ id }) {
      sent.push(id);
      return true;
    },
  });
  assets.onHeld([]);
  const half = maxAssetBytes / maxOneAssetBytes / 2 + 1;
  for (let index = 0; index < half; index++) assets.name(image(index), {});
  await expect.poll(() => sent.length).toBe(half);
  assets.onHeld([]);
  await expect.poll(() => bound.length).toBe(half * 2);
  expect(bound).not.toContain(null);
  assets.close();
});
