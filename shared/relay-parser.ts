/**
 * Socket.IO parser of the relay connection: one packet is one binary WebSocket frame, also when it carries bytes.
 * (Socket.IO's own parser sends a packet with bytes as two frames: header, attachment.)
 *
 * Frame: 1 byte type, 2 bytes length of the header (big-endian), header as JSON `[nsp, id?, data]` in UTF-8, then the
 * bytes of the packet, if any. At most one argument of a packet may be bytes, and it is the last one.
 * Not known here: events, sessions, schemas.
 */

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number | undefined;
}

type Listener = (packet: Packet) => void;

const connect = 0;
const event = 2;
const lastType = 6;
const maxHeaderBytes = 4 * 1024;

export class Encoder {
  encode(packet: Packet): Uint8Array[] {
    let data = packet.data;
    let bytes: Uint8Array | undefined;
    if (Array.isArray(data) && data.at(-1) instanceof Uint8Array) {
      bytes = data.at(-1) as Uint8Array;
      data = data.slice(0, -1);
    }
    const header = new TextEncoder().encode(JSON.stringify([packet.nsp, packet.id ?? null, data]));
    const frame = new Uint8Array(3 + header.length + (bytes?.length ?? 0));
    frame[0] = packet.type | (bytes ? 0x80 : 0);
    frame[1] = header.length >> 8;
    frame[2] = header.length & 0xff;
    frame.set(header, 3);
    if (bytes) frame.set(bytes, 3 + header.length);
    return [frame];
  }
}

/** Throws on a malformed frame; Socket.IO then closes the connection with "parse error". */
export class Decoder {
  #listener: Listener | undefined;

  /** Socket.IO's parser contract: an emitter of `decoded`. It listens once and only to that. */
  on(_name: 'decoded', listener: Listener): this {
    this.#listener = listener;
    return this;
  }
  off(): this {
    this.#listener = undefined;
    return this;
  }
  removeListener(): this {
    return this.off();
  }

  add(chunk: unknown): void {
    if (chunk instanceof ArrayBuffer) chunk = new Uint8Array(chunk);
    if (!(chunk instanceof Uint8Array) || chunk.length < 3) throw new Error('not a relay frame');
    const [first = 0, high = 0, low = 0] = chunk;
    const type = first & 0x7f;
    const headerEnd = 3 + ((high << 8) | low);
    if (type > lastType || headerEnd > chunk.length || headerEnd > maxHeaderBytes)
      throw new Error('bad relay frame');
    const header: unknown = JSON.parse(new TextDecoder().decode(chunk.subarray(3, headerEnd)));
    if (!Array.isArray(header) || typeof header[0] !== 'string') throw new Error('bad relay header');
    const [nsp, id, data] = header as [string, unknown, unknown];
    const packet: Packet = { type, nsp, data: data ?? undefined };
    if (Number.isInteger(id)) packet.id = id as number;
    if (type === event && !(Array.isArray(data) && typeof data[0] === 'string'))
      throw new Error('bad relay event');
    if (type === connect && data !== null && typeof data !== 'object') throw new Error('bad relay connect');
    if (first & 0x80) {
      if (!Array.isArray(packet.data)) throw new Error('bytes without an event');
      packet.data.push(chunk.subarray(headerEnd));
    }
    this.#listener?.(packet);
  }

  destroy(): void {
    this.#listener = undefined;
  }
}
