import { existsSync, readdirSync } from 'node:fs';
import { runChild } from './child.mjs';
import { fromRoot } from './root.mjs';

/** Folders with a tsconfig of their own. */
function typedFolders() {
  return readdirSync(fromRoot('.'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(fromRoot(`${entry.name}/tsconfig.json`)))
    .map((entry) => entry.name);
}

/**
 * The checks that need no test runner, each as one pass or failure with its output.
 * @returns {Array<{ name: string, run: () => Promise<{ ok: boolean, output: string }> }>}
 */
export function staticChecks() {
  const tool = (/** @type {string} */ path) => fromRoot(`node_modules/${path}`);
  return [
    ...typedFolders().map((folder) => ({
      name: `types of ${folder}`,
      run: () => runChild(process.execPath, [tool('typescript/bin/tsc'), '-p', folder, '--pretty', 'false']),
    })),
    {
      name: 'lint and format',
      run: () =>
        runChild(process.execPath, [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']),
    },
  ];
}
