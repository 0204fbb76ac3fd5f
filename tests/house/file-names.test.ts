import { expect, it } from 'vitest';
import { filesUnder, parseSource, type Source, sourcesUnder, topFolders } from '../support/source-files.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;
/** Names that the outside gives. */
const given = ['LICENSE', 'README.md', 'CONTRIBUTING.md', 'Dockerfile'];
const nameless = ['utils', 'util', 'helpers', 'helper', 'manager', 'common', 'misc', 'index'];

function isWellNamed(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (given.includes(name)) return true;
  const stem = name.split('.')[0] ?? '';
  const isCode = /\.(ts|tsx|mjs|js)$/.test(name);
  return kebab.test(name) && !(isCode && stem.split('-').some((word) => nameless.includes(word)));
}

/** A file that only passes on what other files export. */
const isBarrel = ({ program, imports }: Source) =>
  program.body.length > 1 &&
  imports.length > 0 &&
  program.body.every(({ type }) => type === 'ExportAllDeclaration' || type === 'ExportNamedDeclaration') &&
  program.body.every((statement) => 'source' in statement && statement.source !== null);

it('files are lower-case kebab nouns', () => {
  expect(isWellNamed('console/inbox/message-list.tsx')).toBe(true);
  expect(isWellNamed('console/inbox/MessageList.tsx')).toBe(false);
  expect(isWellNamed('server/date-utils.ts')).toBe(false);
  expect(isWellNamed('shared/model/index.ts')).toBe(false);

  expect(filesUnder(topFolders, /./).filter((path) => !isWellNamed(path))).toEqual([]);
});

it('no file only collects the exports of others', () => {
  const barrel = "export * from './a.ts';\nexport { b } from './b.ts';";
  expect(isBarrel(parseSource('shared/all.ts', barrel))).toBe(true);

  expect(
    sourcesUnder(topFolders)
      .filter(isBarrel)
      .map(({ path }) => path),
  ).toEqual([]);
});

it('a test stands in the folder of a project that vitest runs', () => {
  const projects = /^tests\/(unit|house|contract|integration|e2e)\//;
  const isStray = (path: string) =>
    /\.(test|spec)\./.test(path) && !(projects.test(path) && /\.test\.tsx?$/.test(path));
  expect(isStray('server/store/store.test.ts')).toBe(true);
  expect(isStray('tests/unit/shared/errors.spec.ts')).toBe(true);

  expect(filesUnder(topFolders, /./).filter(isStray)).toEqual([]);
});
