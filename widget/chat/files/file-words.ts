import type { FileKind } from '../../../shared/model/chat-file.ts';

/** `120 B`, `34 kB`, `1.2 MB`; 1 kB is 1,000 B, as file managers say it. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const isLarge = bytes >= 999_500;
  const amount = bytes / (isLarge ? 1_000_000 : 1_000);
  return `${amount < 10 ? Number(amount.toFixed(1)) : Math.round(amount)} ${isLarge ? 'MB' : 'kB'}`;
}

const kindWords: Record<FileKind, string> = {
  image: 'pictures',
  pdf: 'PDF',
  document: 'documents',
  text: 'text files',
  archive: 'archives',
  audio: 'sound',
  video: 'videos',
};

export const fileTexts = {
  /** "Pictures, PDF and text files can be sent." */
  kinds(kinds: readonly FileKind[]): string {
    const words = kinds.map((kind) => kindWords[kind]);
    const all = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
    return all && `${all.charAt(0).toUpperCase()}${all.slice(1)} can be sent here.`;
  },
  unsupported: 'Files of this type cannot be sent here.',
  tooLarge: (maxBytes: number | null) =>
    maxBytes === null ? 'The file is too large.' : `Larger than ${sizeWords(maxBytes)}.`,
  empty: 'The file is empty.',
  unreadable: 'The file cannot be read.',
  tooMany: (most: number) => `At most ${most} files in one message.`,
  refused: 'The file could not be sent.',
  sendWithout: 'Send without it',
  dropHere: 'Drop files here to add them',
  added: 'Files to send',
  remove: (name: string) => `Remove ${name}`,
  cancel: (name: string) => `Cancel ${name}`,
  uploading: (name: string) => `Sending ${name}`,
  waiting: 'Waits to be sent',
  download: (name: string, size: string) => `Download ${name} ${size}`,
  enlarge: (name: string) => `Show ${name} larger`,
  save: 'Download',
  close: 'Close',
  loading: 'Loading…',
  gone: 'This file is no longer there.',
  failed: 'Could not be loaded. Press to try again.',
};

/** Why the server did not take a file. */
export function refusalWords(error: string): string {
  if (error === 'unsupported_file') return fileTexts.unsupported;
  if (error === 'too_large') return fileTexts.tooLarge(null);
  return error === 'empty_file' ? fileTexts.empty : fileTexts.refused;
}
