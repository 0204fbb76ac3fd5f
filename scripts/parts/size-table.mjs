import { green, red } from './terminal.mjs';

/** @param {ReturnType<typeof import('./bundle-size.mjs').measureBundle>} sizes */
export function sizeTable(sizes) {
  const bytes = (/** @type {number} */ count) => count.toLocaleString('en-US').padStart(7);
  return sizes
    .map(({ name, gzipBytes, limitBytes }) => {
      const verdict = gzipBytes > limitBytes ? red('over the limit') : green('ok');
      return `  ${name.padEnd(16)} ${bytes(gzipBytes)} of ${bytes(limitBytes)} B gzip  ${verdict}`;
    })
    .join('\n');
}
