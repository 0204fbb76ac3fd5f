import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** An absolute path. @param {string} relative */
export const fromRoot = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
