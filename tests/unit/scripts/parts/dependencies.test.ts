import { expect, it } from 'vitest';
import { missingPackages } from '../../../../scripts/parts/dependencies.mjs';

const locked = {
  '': { version: '0.1.0' },
  'node_modules/hono': { version: '4.13.19' },
  'node_modules/hono/node_modules/inner': { version: '1.0.0' },
  'node_modules/vitest': { version: '4.1.12', dev: true },
  'node_modules/binding-of-another-system': { version: '1.0.0', optional: true },
};

it('nothing is missing when every version is the locked one', () => {
  const { 'node_modules/binding-of-another-system': _, ...installed } = locked;
  expect(missingPackages(locked, installed, { dev: true })).toEqual([]);
});

it('an absent package and one of another version are missing', () => {
  const installed = {
    'node_modules/hono': { version: '4.12.0' },
    'node_modules/vitest': { version: '4.1.12' },
  };
  expect(missingPackages(locked, installed, { dev: true })).toEqual(['hono', 'hono/inner']);
});

it('running needs no development packages, testing does', () => {
  const { 'node_modules/vitest': _, ...installed } = locked;
  expect(missingPackages(locked, installed, { dev: false })).toEqual([]);
  expect(missingPackages(locked, installed, { dev: true })).toEqual(['vitest']);
});
