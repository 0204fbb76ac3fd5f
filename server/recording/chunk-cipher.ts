import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { RecordingDamaged } from './recording-damaged.ts';

/**
 * Seals the chunks of one recording (AES-256-GCM). Each recording has a key of its own, derived from the server's key, a
 * random salt and the session's id (HKDF-SHA256). A chunk is bound to its number and to whether it is the last: chunks
 * that were left out, changed, put in another order or taken from another recording do not open.
 */
export interface ChunkCipher {
  seal(index: number, isLast: boolean, plain: Uint8Array): Buffer;
  /** Throws {@link RecordingDamaged}. */
  open(index: number, isLast: boolean, sealed: Uint8Array): Buffer;
}

export const saltBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** What sealing adds to a chunk. */
export const sealBytes = nonceBytes + tagBytes;

export function createChunkCipher(serverKey: Uint8Array, salt: Uint8Array, sessionId: string): ChunkCipher {
  const key = Buffer.from(hkdfSync('sha256', serverKey, salt, `rapport recording 1 ${sessionId}`, 32));
  const place = (index: number, isLast: boolean) => {
    const bytes = Buffer.alloc(5);
    bytes.writeUInt32BE(index);
    bytes.writeUInt8(isLast ? 1 : 0, 4);
    return bytes;
  };
  return {
    seal(index, isLast, plain) {
      // Random and not counted: what a crash left half-written is written again with the same number.
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place(index, isLast));
      const sealed = cipher.update(plain);
      cipher.final();
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
    },
    open(index, isLast, sealed) {
      if (sealed.length < sealBytes) throw new RecordingDamaged(`chunk ${index} is too short`);
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      }).setAAD(place(index, isLast));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
      try {
        decipher.final();
      } catch {
        throw new RecordingDamaged(`chunk ${index} does not open`);
      }
      return plain;
    },
  };
}
