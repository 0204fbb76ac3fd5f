import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();

/**
 * Starts a program that ends with this one at the latest.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function startChild(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, ...options });
  living.add(child);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      living.delete(child);
      resolve({ code: null, signal: null, error });
    });
    child.once('close', (code, signal) => {
      living.delete(child);
      resolve({ code, signal, error: null });
    });
  });
  return {
    child,
    /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null, error: Error | null }>} */
    ended,
  };
}

/**
 * Runs a program to its end. Its output is returned, or shown as it comes with `show`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean, uid?: number, gid?: number, shell?: boolean, cwd?: string }} [options]
 */
export async function runChild(command, args, { show = false, ...options } = {}) {
  const { child, ended } = startChild(command, args, {
    ...options,
    stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const { code, signal, error } = await ended;
  if (error) output += error.message;
  return { ok: code === 0, code, signal, output };
}

/**
 * Asks every living child to stop and kills what is still there after the grace.
 * @param {number} [graceMs] the server drains its sockets within 5 s
 */
export async function stopChildren(graceMs = 10_000) {
  if (living.size === 0) return;
  const gone = Promise.all(
    [...living].map((child) => new Promise((resolve) => child.once('close', resolve))),
  );
  for (const child of living) child.kill('SIGTERM');
  const killing = setTimeout(killChildren, graceMs);
  await gone;
  clearTimeout(killing);
}

export function killChildren() {
  for (const child of living) child.kill('SIGKILL');
}

/**
 * npm runs a script through a shell, and both can be killed without a word to the script.
 * @param {() => void} act
 */
function onOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}

/**
 * Ctrl-C and SIGTERM end this program with its children. A terminal sends Ctrl-C to the whole
 * group and npm passes it on once more, so only a signal a second later means "at once".
 * @param {{ exitCode: number, onStop?: () => void }} options exit code 0 where being stopped is how it always ends
 */
export function stopOnSignals({ exitCode, onStop = () => {} }) {
  let stoppingSinceMs = 0;
  const stop = async () => {
    if (stoppingSinceMs > 0) {
      if (Date.now() - stoppingSinceMs > 1000) killChildren();
      return;
    }
    stoppingSinceMs = Date.now();
    onStop();
    await stopChildren();
    process.exit(exitCode);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  if (process.env.npm_lifecycle_event) onOrphaned(stop);
}
