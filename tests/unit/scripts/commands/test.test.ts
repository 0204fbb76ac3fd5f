import { expect, it } from 'vitest';
import { splitArgs } from '../../../../scripts/commands/test.mjs';

it('projects are told from what vitest is to get', () => {
  expect(splitArgs([])).toEqual({ projects: [], rest: [] });
  expect(splitArgs(['--project', 'unit', '--project=house', 'tests/unit/scripts', '-t', 'name'])).toEqual({
    projects: ['unit', 'house'],
    rest: ['tests/unit/scripts', '-t', 'name'],
  });
});
