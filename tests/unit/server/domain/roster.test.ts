import { expect, it } from 'vitest';
import { createRoster } from '../../../../server/domain/roster.ts';
import { createFakeClock } from '../../../integration/fake-clock.ts';

function create() {
  const clock = createFakeClock();
  const changes: string[] = [];
  const roster = createRoster({
    clock,
    graceMs: 3_000,
    onChange: (key, isThere) => changes.push(`${key} ${isThere ? 'comes' : 'goes'}`),
  });
  return { clock, changes, roster };
}

it('who has any connection is there', () => {
  const { clock, changes, roster } = create();
  roster.add('ada', 'tab 1');
  roster.add('ada', 'tab 2');
  roster.remove('ada', 'tab 1');
  clock.pass(60_000);
  expect(roster.has('ada')).toBe(true);
  expect(changes).toEqual(['ada comes']);
});

it('a page load does not show', () => {
  const { clock, changes, roster } = create();
  roster.add('ada', 'page 1');
  roster.remove('ada', 'page 1');
  clock.pass(2_999);
  roster.add('ada', 'page 2');
  clock.pass(60_000);
  expect(changes).toEqual(['ada comes']);
});

it('who stays away is gone, once', () => {
  const { clock, changes, roster } = create();
  roster.add('ada', 'page');
  roster.remove('ada', 'page');
  roster.remove('ada', 'page');
  clock.pass(3_000);
  expect(roster.has('ada')).toBe(false);
  expect(changes).toEqual(['ada comes', 'ada goes']);
});

it('closing leaves no timer', () => {
  const { clock, roster } = create();
  roster.add('ada', 'page');
  roster.remove('ada', 'page');
  roster.close();
  expect(clock.waiting()).toBe(0);
});
