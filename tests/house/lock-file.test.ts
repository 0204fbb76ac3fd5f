import { expect, it } from 'vitest';
import { readSource } from '../support/source-files.ts';

interface Locked {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/**
 * Dependencies that the lock file names without saying which version: `npm ci` refuses them, even those that are for
 * other systems only.
 */
function unlocked(packages: Record<string, Locked>): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !placesFrom(path).some((place) => `${place}node_modules/${name}` in packages))
      .map((name) => `${path || 'package.json'}: ${name}`),
  );
}

/** Where Node looks from a package's folder: beside it, then in each folder above. */
function placesFrom(path: string): string[] {
  const places = [''];
  for (const match of path.matchAll(/node_modules\/(@[^/]+\/)?[^/]+/g)) {
    places.push(`${path.slice(0, match.index + match[0].length)}/`);
  }
  return places;
}

it('the lock file is whole, for every system', () => {
  const partial = {
    '': { dependencies: { tool: '^1.0.0' } },
    'node_modules/tool': {
      dependencies: { inner: '^1.0.0' },
      optionalDependencies: { 'tool-other-system': '1.0.0' },
    },
    'node_modules/tool/node_modules/inner': {},
  };
  expect(unlocked(partial)).toEqual(['node_modules/tool: tool-other-system']);

  const { packages } = JSON.parse(readSource('package-lock.json')) as { packages: Record<string, Locked> };
  expect(unlocked(packages)).toEqual([]);
});

it('no registry host is written into the lock file', () => {
  expect(readSource('package-lock.json')).not.toContain('"resolved"');
});
