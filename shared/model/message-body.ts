import * as v from 'valibot';
import { maxFilesPerMessage, maxMessageChars } from '../limits.ts';
import { idSchema } from './ids.ts';

/** Text of a message: trimmed, not empty, at most {@link maxMessageChars}. */
export const messageTextSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxMessageChars));

/** Text of a message that may consist of files alone. */
export const messageBodyEntries = {
  text: v.pipe(v.string(), v.trim(), v.maxLength(maxMessageChars)),
  /** Ids of files that the sender has uploaded. */
  files: v.optional(v.pipe(v.array(idSchema('file')), v.minLength(1), v.maxLength(maxFilesPerMessage))),
};

/** A message says something: a text, a file, or both. */
export function hasBody(body: { text: string; files?: readonly unknown[] | undefined }): boolean {
  return body.text !== '' || (body.files?.length ?? 0) > 0;
}
