import { startsLikePageOrProgram } from '../../shared/model/text-start.ts';

const decoderOf = (head: Uint8Array) => {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
};

/**
 * Whether bytes are text that nothing runs and no browser shows as a page: UTF-8, or UTF-16 with its mark, without NUL
 * and control characters that no text has, and not beginning like a page or a script.
 */
export async function isPlainText(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  let decoder: ReturnType<typeof decoderOf> | null = null;
  let start = '';
  try {
    for await (const chunk of bytes) {
      decoder ??= decoderOf(chunk);
      const text = decoder.decode(chunk, { stream: true });
      if (hasControls(text)) return false;
      if (start.length < 1024) start = (start + text).trimStart().slice(0, 1024);
    }
    if (!decoder || hasControls(decoder.decode())) return false;
  } catch {
    return false;
  }
  return !startsLikePageOrProgram(start);
}

/** Tab, line feed, vertical tab, form feed, return and escape (logs in colour) are text. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
}
