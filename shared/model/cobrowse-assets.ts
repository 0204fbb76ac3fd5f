/**
 * How images and fonts travel in a co-browse stream. The agent's browser must not ask any host that the visitor's page
 * names, so the visitor's page reads them and sends their bytes.
 *
 * 1. Wherever an event would hold the address of an image or a font, it holds `rapport-asset:<ref>`: in `src`,
 *    `poster`, `href` and `xlink:href` of SVG images, and in `url(…)` of style text, style attributes and `@font-face`.
 *    `ref` is a small integer, unique in the epoch; one ref may stand in many places.
 * 2. A custom rrweb event `{ type: 5, data: { tag: 'rapport-asset', payload: { ref, id } } }` of the same epoch binds
 *    the ref to a content id, the SHA-256 of the bytes in hex. It may come before, with or after the events that name
 *    the ref, and once more with another id: the last one counts. `id: null` says that there will be no content
 *    (unreadable, too large, or private): the place stays a neutral box. `widthPx` and `heightPx`, when there, are the
 *    image's natural size, so that a box of that size keeps the page's layout.
 * 3. The bytes of an id come once in a co-browse session, as parts of `asset:sent`, before or after the binding.
 */
export const assetScheme = 'rapport-asset:';

/** Tag of the custom event that binds a ref. */
export const assetTag = 'rapport-asset';

export interface AssetBinding {
  ref: number;
  id: string | null;
  /** Natural size of the image in CSS pixels, when known. */
  widthPx?: number;
  heightPx?: number;
}

export function assetUrl(ref: number): string {
  return assetScheme + ref;
}
