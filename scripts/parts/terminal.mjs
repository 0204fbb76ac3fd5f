import { stripVTControlCharacters } from 'node:util';

const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** Captured output of a tool, without colours where they would be litter; not every tool can be told. @param {string} text */
export const shown = (text) => (coloured ? text : stripVTControlCharacters(text)).trim();

/** @param {number} code */
const style = (code) => (/** @type {string} */ text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = style(1);
export const dim = style(2);
export const red = style(31);
export const green = style(32);
export const yellow = style(33);

/** Progress goes to stderr: stdout is for results. @param {string} text */
export const say = (text) => void process.stderr.write(`${text}\n`);

/** `0.4 s`, `12 s`, `1 min 5 s`. @param {number} ms */
export function duration(ms) {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Says every 20 s that a silent step is still at work.
 * @template T
 * @param {string} what
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSignsOfLife(what, work) {
  const startedAtMs = Date.now();
  const timer = setInterval(
    () => say(dim(`  still ${what} (${duration(Date.now() - startedAtMs)})`)),
    20_000,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
