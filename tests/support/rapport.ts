import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const program = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

/** Longest a start may take on a busy machine of two cores: password hashing, migrations and fsyncs included. */
const startWithinMs = 60_000;

export interface RapportOptions {
  /** Kept after `stop` when given; a temporary folder, removed with it, otherwise. */
  dataFolder?: string;
  port?: number;
  /** Origin of the site that the first run allows. The site's key is `pk_demo` then. */
  demoOrigin?: string;
  /** Added to the environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
}

export interface Rapport {
  /** `http://localhost:PORT`. */
  origin: string;
  port: number;
  dataFolder: string;
  siteKey: string;
  admin: { email: string; password: string };
  /** Everything the program has printed, over restarts. */
  output(): string;
  /** The structured log lines among it. */
  logs(): Array<Record<string, unknown>>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after a clean stop when it still runs. */
  restart(): Promise<void>;
  /** SIGTERM; resolves with the exit code. Callable twice. */
  stop(): Promise<number | null>;
}

/** The built server as a real process on a free port, ready when the promise resolves. */
export async function startRapport(options: RapportOptions = {}): Promise<Rapport> {
  if (!existsSync(program)) throw new Error('dist/server/main.js is missing: run "npm run build"');
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'rapport-data-'));
  const admin = { email: 'owner@example.com', password: 'a long enough password' };
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    RAPPORT_ORIGIN: origin,
    RAPPORT_DATA: dataFolder,
    RAPPORT_ADMIN_EMAIL: admin.email,
    RAPPORT_ADMIN_PASSWORD: admin.password,
    RAPPORT_DEMO_ORIGIN: options.demoOrigin ?? 'http://localhost:1',
    LOG_LEVEL: 'info',
    DATABASE_URL: undefined,
    VIEWER_ORIGIN: undefined,
    ...options.env,
  };

  let printed = '';
  let child: ChildProcess | null = null;
  let ended: Promise<number | null> = Promise.resolve(null);

  const start = async () => {
    const started = spawn(process.execPath, ['--enable-source-maps', program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    ended = new Promise((resolve) => {
      started.once('close', (code) => {
        child = null;
        resolve(code);
      });
    });
    const giveUpAtMs = Date.now() + startWithinMs;
    const printedBefore = printed.length;
    // Its own word first: on a taken port another server would answer for it.
    while (!(printed.includes('Rapport is ready', printedBefore) && (await isReady(origin)))) {
      if (child === null) throw new Error(`Rapport did not start:\n${printed}`);
      if (Date.now() > giveUpAtMs) {
        started.kill('SIGKILL');
        throw new Error(`Rapport was not ready within ${startWithinMs} ms:\n${printed}`);
      }
      await pause(50);
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal);
    return ended;
  };

  const removeData = () => {
    if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
  };

  // A test that fails before its stop leaves no server behind.
  const killOnExit = () => void child?.kill('SIGKILL');
  process.once('exit', killOnExit);

  await start().catch((error: unknown) => {
    process.off('exit', killOnExit);
    removeData();
    throw error;
  });
  return {
    origin,
    port,
    dataFolder,
    siteKey: 'pk_demo',
    admin,
    output: () => printed,
    logs: () => printed.split('\n').flatMap(parseLog),
    async kill() {
      await end('SIGKILL');
    },
    async restart() {
      await end('SIGTERM');
      await start();
    },
    async stop() {
      const code = await end('SIGTERM');
      process.off('exit', killOnExit);
      removeData();
      return code;
    },
  };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/healthz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function parseLog(line: string): Array<Record<string, unknown>> {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    // The last line of a process that was killed may be cut off.
    return [];
  }
}
