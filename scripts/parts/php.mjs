import { runChild } from './child.mjs';
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { findProgram } from './search-path.mjs';

/**
 * A PHP that runs the host example of docs/identity.md, from the environment, the system or the distribution; null where
 * there is none.
 * @returns {Promise<string | null>}
 */
export async function openPhp() {
  const installed = process.env.RAPPORT_PHP ?? findProgram('php');
  if (installed && (await runs(installed))) return installed;
  if (!canInstallDebianPackages() || !(await installDebianPackages(['php-cli'], 'PHP'))) return null;
  const fresh = findProgram('php');
  return fresh && (await runs(fresh)) ? fresh : null;
}

/** @param {string} file */
const runs = async (file) => (await runChild(file, ['--version'])).ok;
