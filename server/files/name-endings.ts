import type { FileKind } from '../../shared/model/chat-file.ts';

/**
 * Endings of names that go with a type, the first one being the usual. A type without a list here is not taken.
 * `text/plain` has only endings that no system runs and no browser shows as a page.
 */
export const endingsOfMime: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png', 'apng'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/x-cfb': ['doc', 'xls', 'ppt'],
  'application/rtf': ['rtf', 'doc'],
  'text/plain': ['txt', 'text', 'log', 'csv', 'tsv', 'md', 'json', 'yaml', 'yml', 'ini', 'conf', 'srt'],
  'application/zip': ['zip'],
  'application/gzip': ['gz', 'tgz'],
  'application/x-7z-compressed': ['7z'],
  'audio/mpeg': ['mp3', 'mpga'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/x-m4a': ['m4a'],
  'audio/ogg': ['ogg', 'oga'],
  'audio/opus': ['opus', 'ogg'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'audio/webm': ['weba', 'webm'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/quicktime': ['mov', 'qt'],
};

/** Ending of a name in lower case; null when it has none. */
export function endingOf(name: string): string | null {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? null;
}

/**
 * The name under which a file of this type is kept; null when the name says another type. A name without an ending gets
 * the usual one, so that whoever saves the file can open it.
 */
export function agreedName(name: string, mime: string): string | null {
  const endings = endingsOfMime[mime];
  if (!endings?.[0]) return null;
  const ending = endingOf(name);
  if (ending === null) return `${name.slice(0, 119 - endings[0].length)}.${endings[0]}`;
  return endings.includes(ending) ? name : null;
}

/** What a file of this kind that is only sound is called, where a container may hold sound or pictures. */
export function soundMime(mime: string, ending: string | null, kinds: readonly FileKind[]): string {
  if (mime === 'video/webm' && (ending === 'weba' || !kinds.includes('video'))) return 'audio/webm';
  return mime;
}
