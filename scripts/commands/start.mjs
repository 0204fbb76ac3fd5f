import { buildStale } from '../parts/builds.mjs';
import { stopChildren, stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { requireFreePorts, startAndWait } from '../parts/services.mjs';
import { loadEnvFile, resolveAddresses } from '../parts/settings.mjs';
import { bold, dim, yellow } from '../parts/terminal.mjs';

/** `npm start`: install, build, start the server and the demo site, say where they are. */
export async function run() {
  let stopping = false;
  stopOnSignals({
    exitCode: 0,
    onStop() {
      stopping = true;
    },
  });
  loadEnvFile();
  const addresses = resolveAddresses(process.env);
  await installMissing({ dev: false });
  await buildStale();
  if (stopping) return;
  await requireFreePorts({ PORT: addresses.port, DEMO_PORT: addresses.demoPort });

  // The demo site first: it keeps nothing. A server that has told its first password must not be stopped unheard.
  const demo = await startAndWait({
    name: 'demo site',
    script: 'demo-site/server.mjs',
    url: addresses.demoOrigin,
    env: {
      DEMO_PORT: String(addresses.demoPort),
      RAPPORT_ORIGIN: addresses.origin,
      RAPPORT_SITE_KEY: addresses.siteKey,
    },
  });
  if (stopping) return;
  if (!demo.ready) return giveUp(demo.service);
  const server = await startAndWait({
    name: 'server',
    script: 'dist/server/main.js',
    url: `${addresses.localOrigin}/healthz`,
    env: {
      PORT: String(addresses.port),
      RAPPORT_DEMO_ORIGIN: addresses.demoOrigin,
      // A terminal shows what needs a person; a service's journal keeps everything.
      LOG_LEVEL: process.env.LOG_LEVEL || (process.stdout.isTTY ? 'warn' : 'info'),
    },
    args: ['--enable-source-maps'],
  });
  if (stopping) return;
  if (!server.ready) return giveUp(server.service);

  console.log(await welcome(addresses));
  for (const { service } of [demo, server]) {
    service.showOutput({ skip: service === demo.service });
    service.ended.then(({ code, signal }) => {
      if (stopping) return;
      stopping = true;
      console.error(`The ${service.name} stopped unexpectedly (${signal ?? `exit code ${code}`}).`);
      stopChildren().then(() => process.exit(1));
    });
  }
}

/** @param {import('../parts/services.mjs').Service} service */
async function giveUp(service) {
  // A first password is told once, whatever happened after it was made.
  const told = service.heldOutput().replace(/^\{.*\n?/gm, '');
  if (told.trim()) console.log(told);
  console.error(service.reason() || `The ${service.name} could not be started.`);
  await stopChildren();
  process.exitCode = 1;
}

/** @param {ReturnType<typeof resolveAddresses>} addresses */
async function welcome({ origin, localOrigin, demoOrigin, siteKey }) {
  const response = await fetch(`${localOrigin}/site/${siteKey}`, { headers: { origin: demoOrigin } });
  await response.body?.cancel();
  const isKnown = response.status !== 404;
  const tag = isKnown
    ? `<script async src="${origin}/widget.js" data-site="${siteKey}"></script>`
    : 'in the console under Settings';
  const lines = [
    '',
    `  ${bold('Rapport is running')}`,
    '',
    `  Console     ${origin}/console`,
    `  Demo site   ${demoOrigin}`,
    `  Script tag  ${tag}`,
    '',
    `  ${dim('Stop with Ctrl-C.')}`,
    '',
  ];
  if (!response.ok) {
    lines.push(
      yellow(
        isKnown
          ? `  The widget stays away from the demo site until ${demoOrigin} is an allowed origin in Settings.`
          : '  The demo site needs the key of a site here: set RAPPORT_SITE_KEY to the one shown in Settings.',
      ),
      '',
    );
  }
  return lines.join('\n');
}
