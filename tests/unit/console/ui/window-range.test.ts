import { expect, it } from 'vitest';
import { windowRange } from '../../../../console/ui/window-range.ts';

it('draws the visible rows and a few spare ones', () => {
  expect(windowRange(0, 640, 64, 10_000)).toEqual({ from: 0, to: 18 });
  expect(windowRange(64_000, 640, 64, 10_000)).toEqual({ from: 992, to: 1018 });
});

it('stays inside the list when it shrinks under the scroll position', () => {
  expect(windowRange(64_000, 640, 64, 5)).toEqual({ from: 5, to: 5 });
  expect(windowRange(0, 640, 64, 0)).toEqual({ from: 0, to: 0 });
});
