import { type ESTree, Visitor } from 'vite';
import { expect, it } from 'vitest';
import { parseSource, type Source, sourcesUnder } from '../support/source-files.ts';

/** The store's suite over PostgreSQL is skipped, loudly, where there is none. */
const maySkip = /^tests\/contract\//;

function faultsIn({ path, program, imports }: Source): string[] {
  const faults: string[] = [];
  if (imports.some(({ target }) => target === 'node:timers'))
    faults.push(`${path}: sleeps by node:timers/promises`);
  const wordsOf = (callee: ESTree.Node): string[] => {
    if (callee.type === 'Identifier') return [callee.name];
    if (callee.type === 'CallExpression') return wordsOf(callee.callee);
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
    return [...wordsOf(callee.object), callee.property.name];
  };
  new Visitor({
    CallExpression({ callee }) {
      const words = wordsOf(callee);
      const last = words.at(-1) ?? '';
      if (['setTimeout', 'waitForTimeout', 'sleep'].includes(last)) faults.push(`${path}: sleeps by ${last}`);
      if (!['it', 'test', 'describe', 'suite'].includes(words[0] ?? '')) return;
      const left = words.find((word) => ['only', 'todo', 'fails'].includes(word));
      if (left) faults.push(`${path}: .${left} is left in`);
      const skip = words.find((word) => ['skip', 'skipIf', 'runIf'].includes(word));
      if (skip && !maySkip.test(path)) faults.push(`${path}: .${skip} hides a test`);
    },
  }).visit(program);
  return faults;
}

const offences: Array<[fault: string, code: string]> = [
  ['.only is left in', "it.only('x', () => {});"],
  ['.only is left in', "describe.only.each([])('x', () => {});"],
  ['.todo is left in', "test.todo('x');"],
  ['.skip hides a test', "it.skip('x', () => {});"],
  ['.skipIf hides a test', "it.skipIf(slow)('x', () => {});"],
  ['sleeps by setTimeout', 'await new Promise((resolve) => setTimeout(resolve, 100));'],
  ['sleeps by waitForTimeout', 'await page.waitForTimeout(100);'],
  ['sleeps by node:timers/promises', "import { setTimeout as pause } from 'node:timers/promises';"],
];

it.each(offences)('"%s" is recognised', (fault, code) => {
  expect(faultsIn(parseSource('tests/unit/some.test.ts', code))).toContain(
    `tests/unit/some.test.ts: ${fault}`,
  );
});

it('tests run all of themselves, and wait for what happens instead of for time', () => {
  const tests = sourcesUnder(['tests']).filter(
    ({ path }) => path.endsWith('.test.ts') || path.endsWith('.test.tsx'),
  );
  expect(tests.flatMap(faultsIn)).toEqual([]);
});
