/**
 * The door of every command. This file and the few that import it use only what Node 13 can parse, so that an old
 * Node says what is wrong instead of pointing at a syntax error; everything else is loaded after the check.
 */
const oldestMajor = 20;
const oldestMinor = 19;

/** @param {string} version as in `process.versions.node` */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {() => Promise<{ run(args: string[]): unknown }>} load */
export function enter(load) {
  const version = process.versions.node;
  if (!isSupportedNode(version)) {
    console.error(
      `Rapport needs Node.js ${oldestMajor}.${oldestMinor} or newer; this is ${version}. See https://nodejs.org`,
    );
    process.exit(1);
  }
  load()
    .then((command) => command.run(process.argv.slice(2)))
    .catch((error) => {
      console.error(error.name === 'Failure' ? error.message : error);
      process.exitCode = 1;
    });
}
