import { expect, it } from 'vitest';
import { createEnding, endUndoMs } from '../../../../widget/menu/ending.ts';
import { createFakeClock } from '../fake-clock.ts';

function createStory() {
  const clock = createFakeClock();
  const ended: string[] = [];
  const shown: Array<string | null> = [];
  const ending = createEnding({
    clock,
    end: (id) => ended.push(id),
    onChange: (id) => shown.push(id),
  });
  return { clock, ended, shown, ending };
}

it('is told when it can no longer be taken back', async () => {
  const { clock, ended, shown, ending } = createStory();
  ending.start('cnv_1');
  await clock.turn(endUndoMs - 1);
  expect(ended).toEqual([]);
  await clock.turn(1);
  expect(ended).toEqual(['cnv_1']);
  expect(shown).toEqual(['cnv_1', null]);
});

it('is never told when it is taken back', async () => {
  const { clock, ended, ending } = createStory();
  ending.start('cnv_1');
  ending.undo();
  await clock.turn(endUndoMs * 2);
  expect(ended).toEqual([]);
});

it('is told at once when the page goes, and once', async () => {
  const { clock, ended, ending } = createStory();
  ending.start('cnv_1');
  ending.flush();
  ending.flush();
  await clock.turn(endUndoMs);
  expect(ended).toEqual(['cnv_1']);
});

it('of one conversation settles the one before', () => {
  const { ended, ending } = createStory();
  ending.start('cnv_1');
  ending.start('cnv_2');
  expect(ended).toEqual(['cnv_1']);
});
