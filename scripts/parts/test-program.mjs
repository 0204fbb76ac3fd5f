import { fromRoot } from './root.mjs';

/**
 * A TypeScript module of tests/, loaded as Vite builds it: what a bench or a model measures is the code itself.
 * @param {string} file relative to the root
 * @returns {Promise<Record<string, unknown>>}
 */
export async function loadTestProgram(file) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(fromRoot(file), { configFile: false, logLevel: 'error' });
  return /** @type {Record<string, unknown>} */ (module);
}
