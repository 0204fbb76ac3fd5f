import { buildStale } from '../parts/builds.mjs';
import { measureBundle } from '../parts/bundle-size.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { fromRoot } from '../parts/root.mjs';
import { sizeTable } from '../parts/size-table.mjs';

/** `npm run size`: what a visitor downloads; `-- --json` for machines. @param {string[]} args */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  await installMissing({ dev: false });
  await buildStale({ only: ['widget', 'loader'] });
  const sizes = measureBundle(fromRoot('dist/widget'));
  console.log(args.includes('--json') ? JSON.stringify(sizes, null, 2) : sizeTable(sizes));
  if (sizes.some(({ gzipBytes, limitBytes }) => gzipBytes > limitBytes)) process.exitCode = 1;
}
