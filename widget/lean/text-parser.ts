/**
 * Socket.IO's wire format (protocol 5), text packets only: chat carries no bytes, and the visitor should not download
 * what handles them.
 *
 * Packet: type digit, `/namespace,` unless it is `/`, id of the acknowledgement if any, JSON:
 * `2/visitor,7["message:send",{…}]`.
 */

import * as packetType from './packet-type.ts';

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

export class Encoder {
  encode({ type, nsp, data, id }: Packet): string[] {
    const namespace = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${namespace}${id ?? ''}${data == null ? '' : JSON.stringify(data)}`];
  }
}

const shape = /^([0-4])(?:(\/[^,]*),)?(\d+)?([\s\S]*)$/;

function isValid(type: number, data: unknown): boolean {
  if (Array.isArray(data)) {
    return type === packetType.ack || (type === packetType.event && typeof data[0] === 'string');
  }
  if (type === packetType.disconnect) return data === undefined;
  return type !== packetType.event && type !== packetType.ack;
}

/** Throws on a malformed packet; Socket.IO then closes the connection with "parse error" and connects anew. */
export class Decoder {
  #listener: ((packet: Packet) => void) | undefined;

  /** Socket.IO's parser contract: an emitter of `decoded`, which is listened to once. */
  on(_name: 'decoded', listener: (packet: Packet) => void): this {
    this.#listener = listener;
    return this;
  }
  off(): this {
    this.#listener = undefined;
    return this;
  }

  add(text: unknown): void {
    const [, type, nsp = '/', id, json] = (typeof text === 'string' && shape.exec(text)) || [];
    if (type === undefined) throw new Error('not a text packet');
    const packet: Packet = { type: Number(type), nsp };
    if (id) packet.id = Number(id);
    if (json) packet.data = JSON.parse(json);
    if (!isValid(packet.type, packet.data)) throw new Error('bad packet');
    this.#listener?.(packet);
  }

  destroy(): void {
    this.#listener = undefined;
  }
}

export const textParser = { Encoder, Decoder };
