/** Kinds of content that an agent may be shown, told by their first bytes: what a server calls them is not asked. */
const signatures: readonly [mime: string, pattern: RegExp][] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavi/s],
  ['font/woff2', /^wOF2/],
  ['font/woff', /^wOFF/],
  ['font/otf', /^OTTO/],
  ['font/ttf', /^(?:true|.{12,600}glyf)/s],
  [
    'image/svg+xml',
    /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i,
  ],
];

/** Null for anything else, e.g. a sign-in page in the place of an image. */
export function contentMime(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 1_024));
  return signatures.find(([, pattern]) => pattern.test(start))?.[0] ?? null;
}
