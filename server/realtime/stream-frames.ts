import type { BatchPart } from '../../shared/protocol.ts';
import { ClientFrameDecoder } from '../../shared/relay-parser.ts';

/**
 * The short way through the relay for what it passes on all day: a batch in the one form that our widget writes it in is
 * read by one expression, which checks it as the schema would, and written as one frame. Whatever looks different takes
 * the long way through Socket.IO and the schema. (Through both the relay reached half of what a bare `ws` relay does.)
 */
export type OnBatch = (header: BatchPart, bytes: Uint8Array) => void;

const eventWithBytes = 0x82;
const finalBinary = 0x82;
/** Ten digits may be over the schema's 2^31: such a number takes the long way, by its length. */
const number = '(0|[1-9]\\d{0,8})';
const form = new RegExp(
  `^\\["/visitor",null,\\["batch:sent",\\{"tab":"([A-Za-z0-9_-]{8,40})","epoch":${number},"batch":${number},` +
    `"part":${number},"parts":${number}\\}\\]\\]$`,
);
/** Longest header of this form. */
const maxHeaderBytes = 200;

/** A batch in the usual form, or null. */
export function readBatch(frame: Uint8Array): { header: BatchPart; bytes: Uint8Array } | null {
  const [first, high = 0, low = 0] = frame;
  const end = 3 + ((high << 8) | low);
  if (first !== eventWithBytes || end > 3 + maxHeaderBytes || end > frame.length) return null;
  const found = form.exec(Buffer.from(frame.buffer, frame.byteOffset, end).toString('latin1', 3, end));
  if (!found) return null;
  const [, tab = '', epoch, batch, part, parts] = found;
  return {
    header: { tab, epoch: Number(epoch), batch: Number(batch), part: Number(part), parts: Number(parts) },
    bytes: frame.subarray(end),
  };
}

/** As much of an Engine.IO connection as a batch needs. */
interface Connection {
  /** Options: `wsPreEncodedFrame`, which its own types leave out. */
  write(frame: Uint8Array, options: object): unknown;
}

/**
 * Gives an agent's connection a batch: the parser's bytes, and before them, in the same piece of memory, the head of their
 * WebSocket frame (RFC 6455, 5.2: final, binary, not masked). One piece is one plain write to the network instead of a
 * gathered one. (To keep the frame for the agents who come later costs more than it saves: what lives long is moved about
 * by the garbage collector.)
 */
export function writeBatch(connection: Connection, header: BatchPart, bytes: Uint8Array): void {
  const { tab, epoch, batch, part, parts } = header;
  // A tab's name has no sign that JSON escapes.
  const text = `["/agent",null,["batch:sent",{"tab":"${tab}","epoch":${epoch},"batch":${batch},"part":${part},"parts":${parts}}]]`;
  const length = 3 + text.length + bytes.length;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const whole = Buffer.allocUnsafe(head + length);
  whole[0] = finalBinary;
  if (head === 2) whole[1] = length;
  else if (head === 4) {
    whole[1] = 126;
    whole.writeUInt16BE(length, 2);
  } else {
    whole[1] = 127;
    whole.writeUInt32BE(0, 2);
    whole.writeUInt32BE(length, 6);
  }
  whole[head] = eventWithBytes;
  whole.writeUInt16BE(text.length, head + 1);
  whole.write(text, head + 3, 'latin1');
  whole.set(bytes, head + 3 + text.length);
  // Over long-polling the frame goes without the head.
  connection.write(whole.subarray(head), { wsPreEncodedFrame: [whole] });
}

/** Socket.IO's decoder of one connection, with the short way past it once somebody takes the batches there. */
export class StreamDecoder extends ClientFrameDecoder {
  #onBatch: OnBatch | null = null;
  /** Packets that Socket.IO has been given and may not have passed on: a batch must not overtake them. */
  #onTheLongWay = 0;

  takeBatches(onBatch: OnBatch): void {
    this.#onBatch = onBatch;
  }

  override add(chunk: unknown): void {
    if (this.#onBatch && this.#onTheLongWay === 0 && chunk instanceof Uint8Array) {
      const batch = readBatch(chunk);
      if (batch) {
        this.#onBatch(batch.header, batch.bytes);
        return;
      }
    }
    this.#onTheLongWay += 1;
    // Socket.IO passes a packet on within the ticks that follow at once.
    setImmediate(() => {
      this.#onTheLongWay -= 1;
    });
    super.add(chunk);
  }

  override destroy(): void {
    this.#onBatch = null;
    super.destroy();
  }
}

/** The decoder that Socket.IO has made for a connection. */
export function streamDecoderOf(socket: { client: object }): StreamDecoder {
  const { decoder } = socket.client as { decoder?: unknown };
  if (!(decoder instanceof StreamDecoder)) throw new Error('Socket.IO keeps its decoder somewhere else');
  return decoder;
}
