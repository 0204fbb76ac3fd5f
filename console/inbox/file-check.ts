import type { ErrorCode } from '../../shared/errors.ts';
import { kindOfMime } from '../../shared/model/chat-file.ts';
import type { SiteSettings } from '../../shared/model/site.ts';

export type FileRules = SiteSettings['chat']['files'];

/** What the server would refuse anyway, found before a byte is sent. It looks at the bytes, this only at the name. */
export function fileFault(
  file: { size: number; type: string },
  rules: FileRules,
): Extract<ErrorCode, 'empty_file' | 'too_large' | 'unsupported_file' | 'forbidden'> | null {
  if (!rules.allowed) return 'forbidden';
  if (file.size === 0) return 'empty_file';
  if (file.size > rules.maxBytes) return 'too_large';
  // Without a known type only the bytes can tell.
  const kind = kindOfMime(file.type);
  return kind !== null && !rules.kinds.includes(kind) ? 'unsupported_file' : null;
}

/** A refusal of a file, in words at the file. */
export function fileFaultWords(error: ErrorCode, rules: FileRules): string {
  switch (error) {
    case 'empty_file':
      return 'The file is empty.';
    case 'too_large':
      return `Larger than ${sizeWords(rules.maxBytes)}, the most that this site takes.`;
    case 'unsupported_file':
      return 'This site does not take files of this type, or the file is not what its name says.';
    case 'forbidden':
      return 'This site takes no files.';
    case 'rate_limited':
      return 'Too many files at once. Try again in a moment.';
    case 'unavailable':
      return 'The server was not reached. Try again.';
    default:
      return 'The file was not taken. Try again.';
  }
}

/** "812 B", "14 kB", "2.3 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, '') : Math.round(megabytes)} MB`;
}
