import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { type Config, ConfigError, resolveConfig } from './config.ts';
import { systemClock } from './domain/clock.ts';
import { type FirstRun, prepareFirstRun } from './domain/first-run.ts';
import { createPasswords } from './domain/password.ts';
import { createLog, type Log } from './log.ts';
import { isSupportedNode, minNode } from './node-version.ts';
import { StoreOpenError } from './store/open-error.ts';
import { openStore } from './store/open-store.ts';

/** A stop that takes longer than this is no clean one any more. */
const maxStopMs = 6_000;

/** Ends the program with one line that says what to do. */
class StartError extends Error {
  override name = 'StartError';
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

function firstRunNotice({ email, password }: FirstRun): string {
  const lines = [
    'First run: the owner of your first site is',
    '',
    `  e-mail    ${email}`,
    password === null ? '  password  as given in RAPPORT_ADMIN_PASSWORD' : `  password  ${password}`,
    '',
    ...(password === null ? [] : ['This password is shown only now. Change it in the console.']),
  ];
  const rule = '─'.repeat(62);
  return ['', rule, ...lines, rule, ''].join('\n');
}

function listenError(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  const place = host === null ? `port ${port}` : `${host}, port ${port}`;
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is taken by another program. Stop it, or set PORT to another one.`);
  }
  if (error.code === 'EACCES')
    return new StartError(`This account may not listen on ${place}. Set PORT to 1024 or more.`);
  return new StartError(`Cannot listen on ${place} (${error.code ?? error.message}). Check HOST and PORT.`);
}

async function start(): Promise<{ log: Log; stop(): Promise<void> }> {
  if (!isSupportedNode(process.versions.node)) {
    throw new StartError(`Rapport needs Node ${minNode} or newer; this is Node ${process.versions.node}.`);
  }
  const config = resolveConfig(process.env);
  const log = createLog({ level: config.logLevel });
  const { dataFolder, databaseUrl } = config;
  const store = await openStore({ dataFolder, databaseUrl });
  try {
    const passwords = createPasswords();
    const distFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
    const app = await createApp({ config, store, log, distFolder, passwords });
    try {
      const firstRun = await prepareFirstRun({
        store,
        passwords,
        email: config.adminEmail,
        password: config.adminPassword,
        demoOrigin: config.demoOrigin,
        clock: systemClock,
      });
      // At once: whatever happens from here on, this password is told only now.
      if (firstRun) say(firstRunNotice(firstRun));
      const { origin } = await app.listen().catch((error: NodeJS.ErrnoException) => {
        throw listenError(error, config);
      });
      say(`Rapport is ready at ${origin}/console/`);
      log.info({ origin, store: databaseUrl === null ? 'sqlite' : 'postgres' }, 'ready');
    } catch (error) {
      await app.close();
      throw error;
    }
    return {
      log,
      async stop() {
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function endWith(error: unknown): never {
  const isForPeople =
    error instanceof StartError || error instanceof ConfigError || error instanceof StoreOpenError;
  const reason = error instanceof Error ? error.message : String(error);
  const line = isForPeople ? reason : `Rapport could not start: ${reason}`;
  process.stderr.write(`${line.replace(/\s*\n\s*/g, ' ')}\n`);
  process.exit(1);
}

try {
  const { log, stop } = await start();
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('could not stop in time');
      process.exit(1);
    }, maxStopMs).unref();
    stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ error }, 'stopped with an error');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'unexpected failure');
    process.exit(1);
  });
} catch (error) {
  endWith(error);
}
