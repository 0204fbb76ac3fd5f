import { maxAvatarBytes } from '../../shared/limits.ts';

/** Side of the square that is kept: sharp at 64 px on a screen of four pixels a point. */
const sidePx = 256;

/** Where a square is cut from a picture: from its middle. */
export function middleSquare(widthPx: number, heightPx: number): { x: number; y: number; sidePx: number } {
  const side = Math.min(widthPx, heightPx);
  return { x: Math.round((widthPx - side) / 2), y: Math.round((heightPx - side) / 2), sidePx: side };
}

export type PictureFile = { ok: true; blob: Blob } | { ok: false; error: string };

/** A picture of any size, made a small square in the browser; what it tells of place and camera is lost on the way. */
export async function squarePicture(file: Blob): Promise<PictureFile> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) {
    return {
      ok: false,
      error: 'This is not a picture that the browser can read. Choose a PNG, JPEG or WebP.',
    };
  }
  const canvas = document.createElement('canvas');
  canvas.width = sidePx;
  canvas.height = sidePx;
  const context = canvas.getContext('2d');
  const cut = middleSquare(bitmap.width, bitmap.height);
  context?.drawImage(bitmap, cut.x, cut.y, cut.sidePx, cut.sidePx, 0, 0, sidePx, sidePx);
  bitmap.close();
  // JPEG has no transparency, and WebP cannot be written by every browser.
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob !== null && blob.size <= maxAvatarBytes
    ? { ok: true, blob }
    : { ok: false, error: 'This picture could not be made small enough. Choose another one.' };
}
