import { runChild } from './child.mjs';
import { findProgram } from './search-path.mjs';
import { duration, say, withSignsOfLife } from './terminal.mjs';

let isListFresh = false;

/** Debian's packages can be installed without asking anyone: as root, where apt-get is. */
export function canInstallDebianPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== null;
}

/**
 * @param {string[]} packages
 * @param {string} label what the person reads: "Chromium"
 * @returns {Promise<boolean>}
 */
export async function installDebianPackages(packages, label) {
  say(`Installing ${label} from the distribution's packages…`);
  const startedAtMs = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = async () => {
    if (!isListFresh) {
      const update = await runChild('apt-get', ['update', '-q'], { env });
      if (!update.ok) return update;
      isListFresh = true;
    }
    return runChild('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env });
  };
  const result = await withSignsOfLife(`installing ${label}`, install());
  if (result.ok) say(`${label} installed in ${duration(Date.now() - startedAtMs)}`);
  else say(`${result.output.trim()}\nCould not install ${packages.join(' ')}.`);
  return result.ok;
}
