import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { openLine } from './live-line.ts';

const program = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

let folder: string;
const started: Array<{ end(signal: NodeJS.Signals): Promise<unknown> }> = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-process-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ end }) => end('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

/** The built program with an environment of its own. */
function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', RAPPORT_DATA: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text;
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const one = {
    printed,
    code,
    async ready() {
      await expect
        .poll(() => printed.stdout + printed.stderr, { timeout: 15_000 })
        .toMatch(/ready at|\S+\.\n$/);
      const origin = /Rapport is ready at (http:\/\/\S+)\/console\//.exec(printed.stdout)?.[1];
      if (!origin) throw new Error(printed.stdout + printed.stderr);
      return origin;
    },
    end(signal: NodeJS.Signals) {
      child.kill(signal);
      return code;
    },
  };
  started.push(one);
  return one;
}

async function refusesToStart(env: Record<string, string>) {
  const { printed, code } = run(env);
  expect(await code).toBe(1);
  const lines = printed.stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0];
}

async function signIn(origin: string, email: string, password: string): Promise<number> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ email, password }),
  });
  await response.body?.cancel();
  return response.status;
}

it('the first run prints the owner’s password once; the next one has the data and prints nothing', async () => {
  const first = run({ RAPPORT_DEMO_ORIGIN: 'http://localhost:4999' });
  const origin = await first.ready();
  const password = /password {2}(\S+)/.exec(first.printed.stdout)?.[1] ?? '';
  expect(first.printed.stdout.split(password)).toHaveLength(2);
  expect(await signIn(origin, 'admin@example.com', password)).toBe(200);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(await first.end('SIGTERM')).toBe(0);
  expect(first.printed.stderr).toBe('');

  const second = run({});
  const again = await second.ready();
  expect(second.printed.stdout).not.toContain('password');
  expect(second.printed.stdout).not.toContain(password);
  expect(await signIn(again, 'admin@example.com', password)).toBe(200);
  expect(
    (await fetch(`${again}/site/pk_demo`, { headers: { origin: 'http://localhost:4999' } })).status,
  ).toBe(200);
  expect(await second.end('SIGINT')).toBe(0);
});

it('a password that was given works and is never printed', async () => {
  const secret = 'given by the operator';
  const one = run({
    RAPPORT_ADMIN_EMAIL: 'Boss@Example.com',
    RAPPORT_ADMIN_PASSWORD: secret,
    LOG_LEVEL: 'trace',
  });
  const origin = await one.ready();
  expect(await signIn(origin, 'boss@example.com', secret)).toBe(200);
  await one.end('SIGTERM');
  expect(one.printed.stdout + one.printed.stderr).not.toContain(secret);
});

it('a stop with an open connection takes no longer than a few seconds', async () => {
  const one = run({ RAPPORT_DEMO_ORIGIN: 'http://localhost:4999' });
  const origin = await one.ready();
  const line = await openLine({
    origin,
    namespace: '/visitor',
    auth: { site: 'pk_demo', token: `vt_${'a'.repeat(43)}` },
    headers: { origin: 'http://localhost:4999' },
  });
  const reasons: string[] = [];
  line.socket.on('disconnect', (reason) => reasons.push(reason));
  const startedMs = Date.now();
  expect(await one.end('SIGTERM')).toBe(0);
  expect(Date.now() - startedMs).toBeLessThan(4_000);
  // Not "io server disconnect", after which a page would not try again.
  await expect.poll(() => reasons).toEqual(['transport close']);
});

it('a port that is taken', async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const line = await refusesToStart({ PORT: String(port) });
  expect(line).toBe(`Port ${port} is taken by another program. Stop it, or set PORT to another one.`);
  other.close();
});

it('a data folder that cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await refusesToStart({ RAPPORT_DATA: join(folder, 'file') })).toMatch(
    /^The data folder .*\/file is not writable/,
  );
});

it('a data folder that another process works in', async () => {
  const first = run({});
  await first.ready();
  expect(await refusesToStart({})).toMatch(/in use by process \d+/);
});

it('a database that cannot be reached', async () => {
  const line = await refusesToStart({ DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none` });
  expect(line).toContain('The database cannot be reached');
});

it('a setting that makes no sense', async () => {
  expect(await refusesToStart({ PORT: 'http' })).toBe(
    'PORT must be a whole number from 0 to 65535, not "http".',
  );
});
