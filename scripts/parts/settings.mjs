import { existsSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { fromRoot } from './root.mjs';

/** Reads the optional `.env` file; what the environment says already wins. */
export function loadEnvFile() {
  const file = fromRoot('.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * Where the two programs listen and how they are reached.
 * @param {NodeJS.ProcessEnv} env
 */
export function resolveAddresses(env) {
  const port = portOf(env, 'PORT', 4000);
  const demoPort = portOf(env, 'DEMO_PORT', 4001);
  const host = env.HOST && !['0.0.0.0', '::'].includes(env.HOST) ? env.HOST : 'localhost';
  return {
    port,
    demoPort,
    /** Where this machine reaches the server, whatever its public address. */
    localOrigin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    origin: (env.RAPPORT_ORIGIN || `http://localhost:${port}`).replace(/\/$/, ''),
    demoOrigin: `http://localhost:${demoPort}`,
    /** The key that the first site gets when a demo site comes with it. */
    siteKey: env.RAPPORT_SITE_KEY || 'pk_demo',
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {number} fallback
 */
function portOf(env, name, fallback) {
  const text = env[name];
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Failure(`${name} must be a port number from 1 to 65535, not "${text}".`);
  }
  return port;
}
