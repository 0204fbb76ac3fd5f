import { watch } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { buildStale, forgetBuilds } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { freePort } from '../parts/ports.mjs';
import { fromRoot } from '../parts/root.mjs';
import { requireFreePorts, startAndWait } from '../parts/services.mjs';
import { loadEnvFile, resolveAddresses } from '../parts/settings.mjs';
import { bold, dim, duration, say } from '../parts/terminal.mjs';

/**
 * `npm run dev`: everything with reload. Vite's dev server stands on the public port, serves the console from its
 * sources and passes everything else to the server behind it, so that the browser sees one origin as in production.
 */
export async function run() {
  stopOnSignals({ exitCode: 0 });
  loadEnvFile();
  const addresses = resolveAddresses(process.env);
  await installMissing({ dev: true });
  await requireFreePorts({ PORT: addresses.port, DEMO_PORT: addresses.demoPort });
  await buildStale({ only: ['widget', 'loader', 'viewer', 'server'] });

  forgetBuilds();
  const reload = await openReloadStream();
  const serverPort = await freePort();
  const server = createRestarted(serverParts(addresses, serverPort));
  const demo = createRestarted(demoParts(addresses, reload.url));
  await Promise.all([server.restart(), demo.restart()]);
  await watchBuild('server', server.restart);
  await watchBuild('viewer', () => {});
  await watchWidget(reload.send);
  watchDemoSite({ onPage: reload.send, onProgram: () => demo.restart().then(reload.send) });
  await openConsole(addresses.port, serverPort);

  console.log(
    [
      '',
      `  ${bold('Rapport reloads as you write')}`,
      '',
      `  Console     ${addresses.origin}/console/`,
      `  Demo site   ${addresses.demoOrigin}`,
      '',
      `  ${dim('Stop with Ctrl-C.')}`,
      '',
    ].join('\n'),
  );
}

/** @typedef {Parameters<typeof startAndWait>[0]} ServiceParts */

/**
 * @param {ReturnType<typeof resolveAddresses>} addresses
 * @param {number} port
 * @returns {ServiceParts}
 */
function serverParts({ origin, demoOrigin }, port) {
  return {
    name: 'server',
    script: 'dist/server/main.js',
    args: ['--enable-source-maps'],
    url: `http://localhost:${port}/healthz`,
    env: { PORT: String(port), RAPPORT_ORIGIN: origin, RAPPORT_DEMO_ORIGIN: demoOrigin },
  };
}

/**
 * @param {ReturnType<typeof resolveAddresses>} addresses
 * @param {string} reloadUrl
 * @returns {ServiceParts}
 */
function demoParts({ origin, demoOrigin, demoPort, siteKey }, reloadUrl) {
  return {
    name: 'demo site',
    script: 'demo-site/server.mjs',
    url: demoOrigin,
    env: {
      DEMO_PORT: String(demoPort),
      RAPPORT_ORIGIN: origin,
      RAPPORT_SITE_KEY: siteKey,
      DEMO_LIVE_RELOAD: reloadUrl,
    },
  };
}

/**
 * A service that is stopped and started again; a change in the middle of a restart makes one more.
 * @param {ServiceParts} parts
 */
function createRestarted(parts) {
  /** @type {import('../parts/services.mjs').Service | null} */
  let service = null;
  let last = Promise.resolve();
  const restartNow = async () => {
    if (service) {
      service.child.kill('SIGTERM');
      await service.ended;
    }
    const startedAtMs = Date.now();
    const started = await startAndWait(parts);
    service = started.service;
    service.showOutput();
    say(
      started.ready
        ? dim(`  ${parts.name} up in ${duration(Date.now() - startedAtMs)}`)
        : `  The ${parts.name} did not start; it is tried again at the next change.`,
    );
  };
  return {
    restart() {
      last = last.then(restartNow);
      return last;
    },
  };
}

/**
 * Builds a target at every change of what it consists of.
 * @param {string} mode
 * @param {() => unknown} onBuilt not called for the first build
 */
async function watchBuild(mode, onBuilt) {
  const { build } = await import('vite');
  const watcher = await build({ mode, logLevel: 'warn', build: { watch: {} } });
  if (!('on' in watcher)) throw new Error(`The build of ${mode} does not watch.`);
  await new Promise((resolve) => {
    let built = false;
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') say(`  ${mode}: ${event.error.message}`);
      if (event.code === 'END' && built) {
        say(dim(`  ${mode} rebuilt`));
        onBuilt();
      }
      if (event.code === 'END' || event.code === 'ERROR') {
        built = true;
        resolve(null);
      }
    });
  });
  return watcher;
}

/** The loader knows the names of the widget's parts, so it is built anew after each of their builds. @param {() => void} onBuilt */
async function watchWidget(onBuilt) {
  let loader = { close: async () => {} };
  let last = Promise.resolve();
  const watchLoader = () => {
    last = last.then(async () => {
      await loader.close();
      loader = await watchBuild('loader', onBuilt);
    });
    return last;
  };
  await watchBuild('widget', () => watchLoader().then(onBuilt));
  await watchLoader();
}

/** @param {{ onPage: () => void, onProgram: () => void }} listeners */
function watchDemoSite({ onPage, onProgram }) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let program = false;
  watch(fromRoot('demo-site'), { recursive: true }, (_, file) => {
    program ||= file?.endsWith('.mjs') ?? true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (program) onProgram();
      else onPage();
      program = false;
    }, 100);
  });
}

/** A stream of server-sent events on a port of its own: one message asks every open demo page to reload. */
async function openReloadStream() {
  /** @type {Set<import('node:http').ServerResponse>} */
  const pages = new Set();
  const server = createHttpServer((request, response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    response.write(': open\n\n');
    pages.add(response);
    request.on('close', () => pages.delete(response));
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, 'localhost', () => resolve(null)));
  return {
    url: `http://localhost:${port}/reload`,
    send() {
      for (const page of pages) page.write('data: reload\n\n');
    },
  };
}

/**
 * @param {number} port
 * @param {number} serverPort
 */
async function openConsole(port, serverPort) {
  const { createServer } = await import('vite');
  const vite = await createServer({
    mode: 'console',
    logLevel: 'warn',
    server: {
      host: 'localhost',
      port,
      strictPort: true,
      proxy: {
        '^/(?!console(?:/|$))': { target: `http://localhost:${serverPort}`, ws: true, xfwd: true },
      },
    },
  });
  await vite.listen();
  process.once('exit', () => void vite.close());
}
