/**
 * Socket.IO parser of the relay connection: one packet is one binary WebSocket frame, also when it carries bytes.
 * (Socket.IO's own parser sends a packet with bytes as two frames: header, attachment.)
 *
 * Frame: 1 byte type, 2 bytes length of the header (big-endian), header as JSON `[nsp, id?, data]` in UTF-8, then the
 * bytes of the packet, if any. At most one argument of an event may be bytes, and it is the last one.
 * Not known here: events, sessions, schemas.
 */

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number | undefined;
}

type Listener = (packet: Packet) => void;

const packetType = { connect: 0, disconnect: 1, event: 2, ack: 3, connectError: 4 } as const;
/** What the two bytes of its length can say. */
const maxHeaderBytes = 65_535;
/** Enough for the state of a tab with the longest address and title; twelve of those fit in a header of the relay's. */
const maxClientHeaderBytes = 4 * 1024;
/** Socket.IO throws when it is told to emit one of these, outside of anybody's `catch`. */
const reservedNames: readonly unknown[] = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
];

const isObject = (data: unknown): data is object =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** Whether Socket.IO can take a packet of this type with this data: it looks no further. */
function isPossible(type: number, data: unknown, id: unknown): boolean {
  switch (type) {
    case packetType.connect:
      return data === undefined || isObject(data);
    case packetType.disconnect:
      return data === undefined;
    case packetType.event:
      return Array.isArray(data) && typeof data[0] === 'string' && !reservedNames.includes(data[0]);
    case packetType.ack:
      return Array.isArray(data) && id !== undefined;
    case packetType.connectError:
      return isObject(data);
    default:
      return false;
  }
}

export class Encoder {
  /** Throws when the header is too long for its frame. */
  encode(packet: Packet): Uint8Array[] {
    let data = packet.data;
    let bytes: Uint8Array | undefined;
    if (Array.isArray(data) && data.at(-1) instanceof Uint8Array) {
      bytes = data.at(-1) as Uint8Array;
      data = data.slice(0, -1);
    }
    const header = new TextEncoder().encode(JSON.stringify([packet.nsp, packet.id ?? null, data]));
    if (header.length > maxHeaderBytes) throw new Error('relay header too long');
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
  protected readonly maxHeaderBytes: number = maxHeaderBytes;
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
    const hasBytes = first >= 0x80;
    const headerBytes = (high << 8) | low;
    const headerEnd = 3 + headerBytes;
    if (headerBytes > this.maxHeaderBytes || headerEnd > chunk.length) throw new Error('bad relay frame');
    if (hasBytes ? type !== packetType.event : headerEnd < chunk.length)
      throw new Error('bytes without an event');
    // Fatal: a byte that is no text would become three, and twelve tabs no longer fit in one header.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(3, headerEnd));
    const header: unknown = JSON.parse(text);
    if (!Array.isArray(header)) throw new Error('bad relay header');
    const [nsp, id, data] = (header as unknown[]).map((value) => value ?? undefined);
    if (typeof nsp !== 'string' || !/^\/[a-z]{0,20}$/.test(nsp)) throw new Error('bad relay namespace');
    if (id !== undefined && !(Number.isSafeInteger(id) && Number(id) >= 0)) throw new Error('bad relay id');
    if (!isPossible(type, data, id)) throw new Error('bad relay packet');
    const packet: Packet = { type, nsp, data };
    if (id !== undefined) packet.id = Number(id);
    if (hasBytes && Array.isArray(data)) packet.data = [...data, chunk.subarray(headerEnd)];
    this.#listener?.(packet);
  }

  destroy(): void {
    this.#listener = undefined;
  }
}

/** The server's: what clients send has short headers. */
export class ClientFrameDecoder extends Decoder {
  protected override readonly maxHeaderBytes = maxClientHeaderBytes;
}
