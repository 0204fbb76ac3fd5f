import type { IncomingMessage } from 'node:http';
import { RapportError } from '../../shared/errors.ts';

/** A sender that says nothing for this long is gone. The whole may take as long as its line needs. */
const maxSilenceMs = 30_000;
/** Of a refused upload this much is still read: a browser hears the answer only when it has sent all of it. */
const maxDrainedBytes = 64 * 1024 * 1024;

/** The bytes of a request's body as they come. Ends with `malformed` when the sender goes away or falls silent. */
export async function* uploadBody(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  const silence = setTimeout(() => incoming.destroy(new Error('silent')), maxSilenceMs);
  try {
    // Who stops reading has something to answer: the connection stays.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      silence.refresh();
      yield chunk as Uint8Array;
    }
  } catch {
    throw new RapportError('malformed');
  } finally {
    clearTimeout(silence);
  }
  if (!incoming.complete) throw new RapportError('malformed');
}

/** Reads the rest of a body that nobody wants, so that the answer arrives. */
export async function drainBody(incoming: IncomingMessage, announcedBytes: number | null): Promise<void> {
  if (announcedBytes !== null && announcedBytes > maxDrainedBytes) return;
  let bytes = 0;
  try {
    for await (const chunk of uploadBody(incoming)) {
      bytes += chunk.length;
      if (bytes > maxDrainedBytes) return;
    }
  } catch {
    // The sender is gone, and the answer has nowhere to go.
  }
}
