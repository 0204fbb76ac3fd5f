import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { RapportError } from '../../shared/errors.ts';

/** Work factor of new hashes: N = 2^17, r = 8, p = 1 (OWASP's first choice for scrypt): 128 MB and about 0.3 s each. */
const cost = { log2N: 17, r: 8, p: 1 };
const keyBytes = 32;
/** Hashes computed at the same time: each holds 128 MB. */
const maxAtOnce = 2;
/** More that wait are refused: anybody may ask for one, and the last of these waits about 3 s already. */
const maxWaiting = 20;
const retryAfterMs = 3_000;

export interface Passwords {
  /** `unavailable` while too many others wait, here as in `verify`. */
  hash(password: string): Promise<string>;
  /** `hash` null stands for an unknown account: the same work is done, and the answer is no. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** Passwords as they are kept: `scrypt$log2N$r$p$salt$key`, salt and key in base64url. */
export function createPasswords(options: { log2N: number } = cost): Passwords {
  const waiting: Array<() => void> = [];
  let running = 0;

  const turn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= maxAtOnce && waiting.length >= maxWaiting) {
      throw new RapportError('unavailable', { retryAfterMs });
    }
    if (running >= maxAtOnce) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };

  const derive = (password: string, salt: Buffer, { log2N, r, p }: typeof cost): Promise<Buffer> =>
    turn(
      () =>
        new Promise((resolve, reject) => {
          const N = 2 ** log2N;
          scrypt(
            password.normalize('NFKC'),
            salt,
            keyBytes,
            { N, r, p, maxmem: 256 * N * r },
            (error, key) => (error ? reject(error) : resolve(key)),
          );
        }),
    );

  const parse = (hash: string) => {
    const [scheme, log2N, r, p, salt, key] = hash.split('$');
    if (scheme !== 'scrypt' || !salt || !key) throw new Error('unknown password hash');
    return {
      work: { log2N: Number(log2N), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, 'base64url'),
      key: Buffer.from(key, 'base64url'),
    };
  };

  const write = (salt: Buffer, key: Buffer) =>
    ['scrypt', options.log2N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(
      '$',
    );

  /** No password has this key: it was not derived from one. */
  const nobody = write(randomBytes(16), randomBytes(keyBytes));

  return {
    async hash(password) {
      const salt = randomBytes(16);
      return write(salt, await derive(password, salt, { ...cost, log2N: options.log2N }));
    },
    async verify(password, hash) {
      const { work, salt, key } = parse(hash ?? nobody);
      const derived = await derive(password, salt, work);
      return derived.length === key.length && timingSafeEqual(derived, key) && hash !== null;
    },
  };
}

/** Letters and digits that nobody mistakes for one another, in groups to read aloud: 99 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

export function randomPassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
