import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runChild, startChild } from './child.mjs';
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { Failure } from './failure.mjs';
import { freePort } from './ports.mjs';
import { findProgram } from './search-path.mjs';
import { say } from './terminal.mjs';

/** @typedef {{ url: string, close(): Promise<void> }} TestDatabase */

/**
 * A PostgreSQL for the store's tests: the environment's, the one on the standard port, or one of our own for this run.
 * @returns {Promise<TestDatabase | null>} null when there is none to be had
 */
export async function openTestDatabase() {
  const given = process.env.RAPPORT_TEST_DATABASE_URL;
  if (given) {
    const problem = await problemWith(given);
    if (problem) throw new Failure(`RAPPORT_TEST_DATABASE_URL cannot be used: ${problem.message}`);
    return { url: given, close: async () => {} };
  }
  const standing = await standingDatabase();
  if (standing) return { url: standing, close: async () => {} };
  const programs = findServerPrograms() ?? (await installServerPrograms());
  return programs ? ownCluster(programs) : null;
}

async function standingDatabase() {
  const at = (/** @type {string} */ name) => `postgres://postgres@127.0.0.1:5432/${name}`;
  for (const name of ['test', 'rapport_test']) {
    if (!(await problemWith(at(name)))) return at(name);
  }
  if (await problemWith(at('postgres'), 'create database rapport_test')) return null;
  return at('rapport_test');
}

/**
 * Null when the statement runs there.
 * @param {string} url
 * @returns {Promise<Error | null>}
 */
async function problemWith(url, statement = 'select 1') {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    await client.query(statement);
    return null;
  } catch (error) {
    return /** @type {Error} */ (error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Folder with `initdb` and `postgres`; Debian keeps them off the PATH, one folder a version. */
function findServerPrograms() {
  const onPath = findProgram('initdb');
  if (onPath) return join(onPath, '..');
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return null;
  const newest = readdirSync(versions)
    .filter((version) => existsSync(join(versions, version, 'bin/initdb')))
    .sort((a, b) => Number(b) - Number(a))[0];
  return newest ? join(versions, newest, 'bin') : null;
}

async function installServerPrograms() {
  if (!canInstallDebianPackages() || !(await installDebianPackages(['postgresql'], 'PostgreSQL')))
    return null;
  return findServerPrograms();
}

/**
 * A cluster in a temporary folder, on a free port, trusted from this machine, gone after `close`.
 * @param {string} programs
 * @returns {Promise<TestDatabase | null>}
 */
async function ownCluster(programs) {
  const owner = process.getuid?.() === 0 ? postgresUser() : {};
  if (!owner) return null;
  const folder = mkdtempSync(join(tmpdir(), 'rapport-postgres-'));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const made = await runChild(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'],
    {
      ...owner,
      cwd: folder,
    },
  );
  if (!made.ok) {
    say(made.output.trim());
    return null;
  }
  const port = await freePort();
  const settings = [
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
  ];
  const server = startChild(join(programs, 'postgres'), ['-D', data, ...settings], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
  const close = async () => {
    // SIGINT ends sessions that a failed test left open; SIGTERM would wait for them.
    server.child.kill('SIGINT');
    await server.ended;
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const giveUpAtMs = Date.now() + 30_000;
  while (await problemWith(url)) {
    if (server.child.exitCode !== null || Date.now() > giveUpAtMs) {
      await close();
      return null;
    }
    await pause(100);
  }
  return { url, close };
}

/** PostgreSQL refuses to run as root. @returns {{ uid?: number, gid?: number } | null} */
function postgresUser() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}
