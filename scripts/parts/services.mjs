import { startChild } from './child.mjs';
import { Failure } from './failure.mjs';
import { answers, isPortFree } from './ports.mjs';
import { fromRoot } from './root.mjs';
import { withSignsOfLife } from './terminal.mjs';

/**
 * A program of ours as a child process. What it prints is held back until `showOutput`, so that a start that fails
 * shows nothing but its reason.
 * @param {{ name: string, script: string, env: NodeJS.ProcessEnv, args?: string[] }} parts
 */
export function startService({ name, script, env, args = [] }) {
  const { child, ended } = startChild(process.execPath, [...args, fromRoot(script)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Array<{ to: NodeJS.WriteStream, text: string }> | null} */
  let held = [];
  const pass = (/** @type {NodeJS.ReadableStream | null} */ from, /** @type {NodeJS.WriteStream} */ to) =>
    from?.setEncoding('utf8').on('data', (text) => (held ? held.push({ to, text }) : to.write(text)));
  pass(child.stdout, process.stdout);
  pass(child.stderr, process.stderr);
  let isRunning = true;
  ended.then(() => {
    isRunning = false;
  });
  return {
    name,
    ended,
    child,
    isRunning: () => isRunning,
    /** What it has printed to stdout while held back. */
    heldOutput: () =>
      (held ?? [])
        .filter(({ to }) => to === process.stdout)
        .map(({ text }) => text)
        .join(''),
    /** What it has printed to stderr while held back, or to stdout when it said nothing there. */
    reason() {
      const texts = held ?? [];
      const errors = texts.filter(({ to }) => to === process.stderr);
      return (errors.length > 0 ? errors : texts)
        .map(({ text }) => text)
        .join('')
        .trim();
    },
    /** From now on output goes to the terminal as it comes. `skip` drops what was held back. */
    showOutput({ skip = false } = {}) {
      const texts = held ?? [];
      held = null;
      if (!skip) for (const { to, text } of texts) to.write(text);
    },
  };
}

/** @typedef {ReturnType<typeof startService>} Service */

/**
 * Starts a service and waits until it answers; not ready means that it has ended and says why.
 * @param {{ url: string } & Parameters<typeof startService>[0]} parts
 * @returns {Promise<{ service: Service, ready: boolean }>}
 */
export async function startAndWait({ url, ...parts }) {
  const service = startService(parts);
  const ready = await withSignsOfLife(
    `starting the ${parts.name}`,
    answers(url, () => !service.isRunning()),
  );
  return { service, ready };
}

/**
 * Refuses a taken port before anything starts: another program would answer in our place, and a server on its first
 * run would tell its password in vain.
 * @param {Record<string, number>} ports by the name of their setting
 */
export async function requireFreePorts(ports) {
  for (const [setting, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    throw new Failure(`Port ${port} is taken by another program. Stop it, or set ${setting} to another one.`);
  }
}
