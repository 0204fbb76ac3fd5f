import { beforeEach, expect, it } from 'vitest';
import type { PauseReason } from '../../../../shared/model/cobrowse-rules.ts';
import { createPausing, type Pausing } from '../../../../widget/cobrowse/pausing.ts';

let path: string;
let told: Array<PauseReason | null>;
let pausing: Pausing;

beforeEach(() => {
  path = '/';
  told = [];
  pausing = createPausing({
    rules: [{ path: '/account*', action: 'pause' }],
    path: () => path,
    onChange: (reason) => told.push(reason),
  });
});

it('a page that the site does not share counts from the very change of the address', () => {
  expect(pausing.reason()).toBeNull();
  path = '/account/orders';
  expect(pausing.reason()).toBe('page');
  path = '/';
  expect(pausing.reason()).toBeNull();
  expect(told).toEqual(['page', null]);
});

it('other rules count at once, on the page that is open', () => {
  pausing.change({ rules: [{ path: '/', action: 'never' }] });
  expect(told).toEqual(['page']);
  pausing.change({ rules: [] });
  expect(told).toEqual(['page', null]);
});

it('of several reasons the visitor’s own is told, and each change once', () => {
  pausing.change({ isBlocked: true });
  path = '/account';
  pausing.change({ isPausedByVisitor: true });
  pausing.change({ isPausedByVisitor: true });
  pausing.change({ isPausedByVisitor: false });
  path = '/';
  pausing.change({ isBlocked: false });
  expect(told).toEqual(['blocked', 'visitor', 'page', null]);
});
