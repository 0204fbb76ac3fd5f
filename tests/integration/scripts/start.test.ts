import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let dataFolder: string;
let ports: { server: number; demo: number };
const children: ChildProcess[] = [];

// What is stale would be built by the first start, which says so.
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'ignore' });
});

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'rapport-start-'));
  ports = { server: await freePort(), demo: await freePort() };
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

/** `npm start` in a process group of its own, as a terminal makes one. */
function npmStart(env: Record<string, string> = {}) {
  const child = spawn('npm', ['--silent', 'start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(ports.server),
      DEMO_PORT: String(ports.demo),
      RAPPORT_DATA: dataFolder,
      npm_config_loglevel: 'silent',
      ...env,
    },
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { pid: child.pid ?? 0, stdout: () => stdout, stderr: () => stderr, exitCode };
}

async function takePort(port: number) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return () => new Promise((resolve) => server.close(resolve));
}

const isRunning = { timeout: 25_000, interval: 100 };

it('tells where everything is, shows the first sign-in once, and stops on SIGTERM', async () => {
  const first = npmStart({ RAPPORT_ADMIN_EMAIL: '', RAPPORT_ADMIN_PASSWORD: '' });
  await expect.poll(first.stdout, isRunning).toContain('Rapport is running');
  expect(first.stdout()).toContain(`http://localhost:${ports.server}/console`);
  expect(first.stdout()).toContain(
    `<script async src="http://localhost:${ports.server}/widget.js" data-site="pk_demo"></script>`,
  );
  expect(first.stdout()).toContain('admin@example.com');
  expect(await (await fetch(`http://localhost:${ports.demo}`)).text()).toContain('widget.js');
  process.kill(first.pid, 'SIGTERM');
  expect(await first.exitCode).toBe(0);
  expect(first.stderr()).toBe('');

  const second = npmStart();
  await expect.poll(second.stdout, isRunning).toContain('Rapport is running');
  expect(second.stdout()).not.toContain('admin@example.com');
  process.kill(second.pid, 'SIGTERM');
  expect(await second.exitCode).toBe(0);
});

it('stops on a Ctrl-C that reaches the whole group', async () => {
  const start = npmStart();
  await expect.poll(start.stdout, isRunning).toContain('Rapport is running');
  process.kill(-start.pid, 'SIGINT');
  expect(await start.exitCode).toBe(0);
  for (const port of [ports.server, ports.demo]) await (await takePort(port))();
});

it.each(['server', 'demo'] as const)('a taken port of the %s is one line and exit code 1', async (which) => {
  const release = await takePort(ports[which]);
  const start = npmStart();
  expect(await start.exitCode).toBe(1);
  const setting = { server: 'PORT', demo: 'DEMO_PORT' }[which];
  expect(start.stderr()).toBe(
    `Port ${ports[which]} is taken by another program. Stop it, or set ${setting} to another one.\n`,
  );
  expect(start.stdout()).toBe('');
  await release();
});

it('a data folder that cannot be used is one line and exit code 1', async () => {
  const start = npmStart({ RAPPORT_DATA: join(dataFolder, 'file', 'inside') });
  writeFileSync(join(dataFolder, 'file'), '');
  expect(await start.exitCode).toBe(1);
  expect(start.stderr().trimEnd().split('\n')).toHaveLength(1);
  expect(start.stderr()).toContain(dataFolder);
  expect(start.stdout()).toBe('');
});

it('a port that is none is refused before anything starts', async () => {
  const start = npmStart({ PORT: 'http' });
  expect(await start.exitCode).toBe(1);
  expect(start.stderr()).toBe('PORT must be a port number from 1 to 65535, not "http".\n');
});

it('goes when npm is killed without a chance to say so', async () => {
  const start = npmStart();
  await expect.poll(start.stdout, isRunning).toContain('Rapport is running');
  process.kill(start.pid, 'SIGKILL');
  const isDown = (port: number) =>
    fetch(`http://localhost:${port}`).then(
      () => false,
      () => true,
    );
  await expect.poll(() => isDown(ports.server), { timeout: 15_000 }).toBe(true);
  await expect.poll(() => isDown(ports.demo), { timeout: 15_000 }).toBe(true);
});
