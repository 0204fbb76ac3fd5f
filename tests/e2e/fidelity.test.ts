import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPages } from '../fidelity/pages.ts';
import { openStage } from '../fidelity/stage.ts';

/** Some pages of `npm run test:fidelity`, one of each kind, without pictures. */
const names = [
  'rules-by-script',
  'adopted-sheet-pushed',
  'sheet-disabled',
  'shorthand-with-variables',
  'element-animate',
  'quirks-old-doctype',
  'right-to-left',
  'virtual-list',
  'shadow-roots',
  'elements-defined-later',
  'frames-nested-srcdoc',
  'moves-in-one-turn',
  'popover-closed-again',
  'math-later',
  'svg-use-of-a-file',
  'form-reset',
  'form-masked',
];
const pages = names.flatMap((name) => allPages.find((page) => page.name === name) ?? []);

let stage: Awaited<ReturnType<typeof openStage>>;

beforeAll(async () => {
  stage = await openStage(pages);
});
afterAll(() => stage.close());

it('every page that is meant is there', () => {
  expect(pages.map(({ name }) => name)).toEqual(names);
});

it.each(pages.map((page) => [page.name, page] as const))('%s: the mirror is the page', async (_, page) => {
  const { structurePercent, differences } = await stage.show(page, { pictures: false });
  expect(differences).toEqual([]);
  expect(structurePercent).toBe(100);
});
