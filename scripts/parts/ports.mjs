import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** @param {number} port */
export function isPortFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) =>
      resolve(/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE'),
    );
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

/** A port that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Asks until the address answers 200; false when `isOver` says that waiting is no use.
 * @param {string} url
 * @param {() => boolean} isOver
 */
export async function answers(url, isOver) {
  while (!isOver()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.body?.cancel();
      if (response.ok) return true;
    } catch {
      // Nobody listens yet.
    }
    await pause(100);
  }
  return false;
}
