import { expect, it } from 'vitest';
import { readSource, topFolders } from '../support/source-files.ts';

const unnamedIn = (readme: string) => topFolders.filter((folder) => !readme.includes(`${folder}/`));

it("the README's map names every folder", () => {
  expect(unnamedIn('Only `server/` is here.')).toContain('widget');

  expect(unnamedIn(readSource('README.md'))).toEqual([]);
});
