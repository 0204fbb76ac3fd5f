import { buildStale } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';

/** `npm run build`: builds what is stale; `-- --all` builds everything. @param {string[]} args */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  await installMissing({ dev: false });
  await buildStale({ all: args.includes('--all') });
  console.log('Everything is built.');
}
