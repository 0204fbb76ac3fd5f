import { expect, it } from 'vitest';
import { isSupportedNode } from '../../../server/node-version.ts';

it.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.1.0', true],
  ['20.18.9', false],
  ['18.20.0', false],
  ['9.99.99', false],
])('Node %s: %s', (version, isSupported) => {
  expect(isSupportedNode(version)).toBe(isSupported);
});
