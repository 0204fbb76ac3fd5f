import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runChild } from './child.mjs';
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { Failure } from './failure.mjs';
import { fromRoot } from './root.mjs';
import { findProgram } from './search-path.mjs';
import { dim, duration, say, withSignsOfLife } from './terminal.mjs';

const lockFile = fromRoot('package-lock.json');
/** npm's own record of what it put into node_modules; written last, so a broken install has none. */
const installedFile = fromRoot('node_modules/.package-lock.json');
const stampFile = fromRoot('node_modules/.rapport-installed');

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean }} LockedPackage */

/**
 * Names of locked packages that are absent or of another version. Optional ones may be for other systems.
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 * @param {{ dev: boolean }} wanted
 */
export function missingPackages(locked, installed, { dev }) {
  return Object.entries(locked)
    .filter(([path, entry]) => path !== '' && !entry.optional && (dev || !entry.dev))
    .filter(([path, entry]) => installed[path]?.version !== entry.version)
    .map(([path]) => path.replaceAll('node_modules/', ''));
}

/**
 * Brings node_modules to what package-lock.json says and checks that the native database driver fits this Node.
 * @param {{ dev: boolean }} wanted with `dev`, what tests and checks need as well
 */
export async function installMissing({ dev }) {
  if (isStamped(dev)) return;
  if (
    !existsSync(installedFile) ||
    missingPackages(packagesOf(lockFile), packagesOf(installedFile), { dev }).length > 0
  ) {
    await install(dev);
  }
  if (!(await isDriverUsable())) await rebuildDriver();
  writeFileSync(stampFile, stamp());
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** A native module is built for one Node ABI on one system, so both belong to the stamp. */
function stamp() {
  const hash = createHash('sha256');
  for (const file of [lockFile, installedFile]) hash.update(readFileSync(file));
  return `${hash.digest('hex')} ${process.platform} ${process.arch} ${process.versions.modules}\n`;
}

/** @param {boolean} dev */
function isStamped(dev) {
  if (!existsSync(stampFile) || !existsSync(installedFile)) return false;
  if (readFileSync(stampFile, 'utf8') !== stamp()) return false;
  return !dev || existsSync(fromRoot('node_modules/vitest/package.json'));
}

/** @param {boolean} dev */
async function install(dev) {
  say('Installing dependencies (about a minute the first time)…');
  const startedAtMs = Date.now();
  const args = ['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : [])];
  let result = await withSignsOfLife('installing', runNpm(args));
  if (!result.ok && (await addCompiler())) result = await withSignsOfLife('installing', runNpm(args));
  if (!result.ok) {
    say(result.output.trim());
    throw new Failure(`Dependencies could not be installed (npm ci, output above). ${compilerHint()}`.trim());
  }
  say(dim(`Dependencies installed in ${duration(Date.now() - startedAtMs)}`));
}

/** An npm that was told not to run install scripts, or a Node changed since, leaves the driver unusable. */
async function rebuildDriver() {
  say('Building the database driver for this version of Node…');
  const rebuild = () =>
    withSignsOfLife('building', runNpm(['rebuild', 'better-sqlite3', '--ignore-scripts=false']));
  let result = await rebuild();
  if (!(await isDriverUsable()) && (await addCompiler())) result = await rebuild();
  if (await isDriverUsable()) return;
  say(result.output.trim());
  throw new Failure(
    `The database driver better-sqlite3 could not be built (output above). ${compilerHint()}`.trim(),
  );
}

async function isDriverUsable() {
  const code = "new (require('better-sqlite3'))(':memory:').close()";
  return (await runChild(process.execPath, ['-e', code])).ok;
}

/** Tools of which node-gyp needs all when no prebuilt driver can be fetched. */
const missingCompiler = () =>
  [
    findProgram('make') ? '' : 'make',
    findProgram('c++', 'g++') ? '' : 'g++',
    findProgram('python3') ? '' : 'python3',
  ].filter(Boolean);

async function addCompiler() {
  const tools = missingCompiler();
  if (tools.length === 0 || !canInstallDebianPackages()) return false;
  return installDebianPackages(tools, `what the database driver is built with (${tools.join(', ')})`);
}

function compilerHint() {
  const tools = missingCompiler();
  return tools.length > 0
    ? `Building the database driver needs ${tools.join(', ')}: install and try again.`
    : '';
}

/** @param {string[]} args */
function runNpm(args) {
  const headers = dirname(dirname(process.execPath));
  const env = { ...process.env };
  // Node's own headers, where they are beside it, save node-gyp a download that some networks refuse.
  if (existsSync(join(headers, 'include/node/node.h'))) env.npm_package_config_node_gyp_nodedir = headers;
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runChild(process.execPath, [npm, ...args], { env });
  return runChild(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    env,
    shell: process.platform === 'win32',
  });
}
