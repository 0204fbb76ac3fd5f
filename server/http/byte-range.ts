import type { ByteRange } from '../files/file-shelf.ts';

/**
 * What a Range header asks of a file of this size, by RFC 9110: null for all of it (also when the header cannot be
 * understood, or asks for several parts), 'unsatisfiable' for bytes that it does not have.
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { from: sizeBytes - length, to: sizeBytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < from) return null;
  return from < sizeBytes ? { from, to } : 'unsatisfiable';
}
