import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runChild } from './child.mjs';
import { Failure } from './failure.mjs';
import { fromRoot } from './root.mjs';
import { dim, duration, red, say, shown } from './terminal.mjs';

/**
 * What is built, from which folders, and the file that proves it was.
 * @type {Array<{ name: string, sources: string[], proof: string, after?: string }>}
 */
export const targets = [
  { name: 'widget', sources: ['widget', 'shared'], proof: 'dist/widget/.vite/manifest.json' },
  { name: 'console', sources: ['console', 'shared'], proof: 'dist/console/index.html' },
  { name: 'server', sources: ['server', 'shared'], proof: 'dist/server/main.js' },
  { name: 'viewer', sources: ['console', 'shared'], proof: 'dist/viewer/index.html' },
  { name: 'loader', sources: ['widget', 'shared'], proof: 'dist/widget/widget.js', after: 'widget' },
];
const common = ['vite.config.ts', 'tsconfig.json', 'package-lock.json'];

/** Two at a time: each build keeps about one core busy. */
const parallelBuilds = 2;

/** @param {string} name */
const stampFile = (name) => fromRoot(`dist/.stamps/${name}`);

/**
 * A hash over paths and contents.
 * @param {string[]} paths relative to the checkout
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(path)) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(fromRoot(file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(fromRoot(path))) return [];
  if (statSync(fromRoot(path)).isFile()) return [path];
  return readdirSync(fromRoot(path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(`${path}/${entry.name}`));
}

/** @param {(typeof targets)[number]} target */
function isFresh(target) {
  const stamp = stampFile(target.name);
  if (!existsSync(fromRoot(target.proof)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === hashOf([...target.sources, ...common]);
}

/** The targets to build: those whose sources changed, and those whose output the build of another one wipes. */
function staleTargets() {
  const stale = new Set(targets.filter((target) => !isFresh(target)).map(({ name }) => name));
  return targets.filter(({ name, after }) => stale.has(name) || (after !== undefined && stale.has(after)));
}

/**
 * Builds what is stale and says so. Rejects after the first failing build, with that build's output shown.
 * @param {{ all?: boolean, only?: string[] }} [options] `all`: fresh ones too; `only`: no other targets
 */
export async function buildStale({ all = false, only } = {}) {
  const unlock = await lock();
  try {
    const wanted = (all ? targets : staleTargets()).filter(({ name }) => !only || only.includes(name));
    if (wanted.length === 0) return;
    say(`Building ${wanted.map(({ name }) => name).join(', ')}…`);
    await buildEach(wanted);
  } finally {
    unlock();
  }
}

/** For who writes into dist without stamps: what stands there then counts as stale. */
export function forgetBuilds() {
  rmSync(fromRoot('dist/.stamps'), { recursive: true, force: true });
}

/** @param {typeof targets} wanted */
async function buildEach(wanted) {
  const waiting = [...wanted];
  /** @type {Map<string, Promise<string | null>>} */
  const running = new Map();
  const isBuilt = (/** @type {string | undefined} */ name) =>
    !name || (!running.has(name) && !waiting.some((target) => target.name === name));
  let failed = null;
  while (running.size > 0 || (waiting.length > 0 && !failed)) {
    while (running.size < parallelBuilds && !failed) {
      const next = waiting.find(({ after }) => isBuilt(after));
      if (!next) break;
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        next.name,
        buildOne(next).then((ok) => {
          running.delete(next.name);
          return ok ? null : next.name;
        }),
      );
    }
    failed = (await Promise.race(running.values())) ?? failed;
  }
  if (failed) throw new Failure(`The ${failed} could not be built (output above).`);
}

/** @param {(typeof targets)[number]} target */
async function buildOne({ name, sources }) {
  const startedAtMs = Date.now();
  const stamp = hashOf([...sources, ...common]);
  rmSync(stampFile(name), { force: true });
  const vite = fromRoot('node_modules/vite/bin/vite.js');
  const result = await runChild(process.execPath, [vite, 'build', '--mode', name, '--logLevel', 'warn'], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const took = duration(Date.now() - startedAtMs);
  if (!result.ok) {
    say(`${shown(result.output)}\n${red(`  ${name} failed after ${took}`)}`);
    return false;
  }
  if (result.output.trim()) say(shown(result.output));
  say(dim(`  ${name.padEnd(8)} ${took}`));
  mkdirSync(fromRoot('dist/.stamps'), { recursive: true });
  writeFileSync(stampFile(name), stamp);
  return true;
}

/** One build at a time in a checkout: two would wipe each other's output. */
async function lock() {
  mkdirSync(fromRoot('dist'), { recursive: true });
  const file = join(fromRoot('dist'), '.building');
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (!isRunning(file)) rmSync(file, { force: true });
    else if (!told) say('Waiting for another build in this folder…');
    await pause(250);
  }
}

/** @param {string} file */
function isRunning(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
