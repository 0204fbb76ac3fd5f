import { createHash, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAssetReader } from '../../../../console/viewer/asset-reader.ts';
import { maxOneAssetBytes } from '../../../../shared/limits.ts';

const picture = Uint8Array.from({ length: 5_000 }, (_, at) => at % 251);
const idOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const id = idOf(picture);
const reader = () => createAssetReader((bytes) => webcrypto.subtle.digest('SHA-256', bytes));
const part = (at: number, parts: number, more: object = {}) => ({
  id,
  mime: 'image/png',
  part: at,
  parts,
  ...more,
});

describe('an asset', () => {
  it('is whole when its parts have come and match its id', async () => {
    const assets = reader();
    expect(await assets.read(part(0, 2), picture.subarray(0, 4_000))).toBeNull();
    expect(await assets.read(part(1, 2), picture.subarray(4_000))).toEqual({
      id,
      mime: 'image/png',
      bytes: picture,
    });
  });

  it('comes again after a reconnect', async () => {
    const assets = reader();
    await assets.read(part(0, 2), picture.subarray(0, 4_000));
    expect(await assets.read(part(0, 1), picture)).toMatchObject({ id });
  });

  it('is not shown when its content is another', async () => {
    expect(await reader().read(part(0, 1), picture.subarray(1))).toBeNull();
  });

  it('is not shown where nothing can be checked', async () => {
    const unchecked = createAssetReader(async () => new ArrayBuffer(0));
    expect(await unchecked.read(part(0, 1), picture)).toBeNull();
  });

  it.each(['image/svg', 'text/html', 'image/svg+xml;charset=x', 'application/pdf', 'font/x'])(
    'is not shown as %s',
    async (mime) => {
      expect(await reader().read(part(0, 1, { mime }), picture)).toBeNull();
    },
  );

  it('does not change its kind between parts', async () => {
    const assets = reader();
    await assets.read(part(0, 2), picture.subarray(0, 9));
    expect(await assets.read(part(1, 2, { mime: 'image/svg+xml' }), picture.subarray(9))).toBeNull();
  });

  it('ends when a part is missing', async () => {
    const assets = reader();
    await assets.read(part(0, 3), picture.subarray(0, 9));
    expect(await assets.read(part(2, 3), picture.subarray(9))).toBeNull();
    expect(await assets.read(part(1, 3), picture.subarray(9))).toBeNull();
  });

  it('is bounded', async () => {
    const large = new Uint8Array(maxOneAssetBytes + 1);
    expect(await reader().read({ ...part(0, 1), id: idOf(large) }, large)).toBeNull();
  });
});
