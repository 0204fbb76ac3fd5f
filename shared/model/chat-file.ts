import * as v from 'valibot';

/** A file in a message, as both sides know it. Its bytes are read over HTTP, with the reader's own authority. */
export interface ChatFile {
  id: string;
  /** As its sender called it, without a path. */
  name: string;
  /** Found in the bytes, not told by the sender. */
  mime: string;
  sizeBytes: number;
  /** Pixels of an image; null for everything else. */
  widthPx: number | null;
  heightPx: number | null;
}

/** Groups of file types that a site owner allows. HTML, SVG and programs belong to none. */
export const fileKinds = ['image', 'pdf', 'document', 'text', 'archive', 'audio', 'video'] as const;
export type FileKind = (typeof fileKinds)[number];

/** MIME types of each group, as found in the bytes. */
export const mimesOfKind: Readonly<Record<FileKind, readonly string[]>> = {
  image: ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/heic'],
  pdf: ['application/pdf'],
  document: [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.spreadsheet',
    'application/vnd.oasis.opendocument.presentation',
    'application/x-cfb',
    'application/rtf',
  ],
  text: ['text/plain'],
  archive: ['application/zip', 'application/gzip', 'application/x-7z-compressed'],
  audio: [
    'audio/mpeg',
    'audio/mp4',
    'audio/x-m4a',
    'audio/ogg',
    'audio/opus',
    'audio/wav',
    'audio/flac',
    'audio/webm',
  ],
  video: ['video/mp4', 'video/webm', 'video/quicktime'],
};

/** Images that every browser in use can show; the others are offered for download. */
export const shownImageMimes: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
];

export function kindOfMime(mime: string): FileKind | null {
  return fileKinds.find((kind) => mimesOfKind[kind].includes(mime)) ?? null;
}

/** File name as it is kept: no path, no control characters, at most 120 characters, its ending kept. */
export const fileNameSchema = v.pipe(
  v.string(),
  v.transform((name) => {
    const plain = (name.split(/[\\/]/).at(-1) ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .trim();
    if (plain.length <= 120) return plain;
    const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
    return plain.slice(0, 120 - ending.length) + ending;
  }),
  v.minLength(1),
);
