import { expect, it } from 'vitest';
import type { PauseReason } from '../../../../shared/model/cobrowse-rules.ts';
import { bannerWords } from '../../../../widget/cobrowse/banner.tsx';

const viewer = (name: string) => ({ id: name, name, color: '#0072b2', avatar: null });
const sharing = (names: string[], isConnected = true, paused: PauseReason | null = null) =>
  bannerWords({ kind: 'sharing', viewers: names.map(viewer), isConnected, paused })
    .join(' ')
    .trim();

it('says who sees the page', () => {
  expect(sharing(['Ana'])).toBe('Ana sees this page');
  expect(sharing(['Ana', 'Ben'])).toBe('Ana and Ben see this page');
  expect(sharing(['Ana', 'Ben', 'Cy', 'Di'])).toBe('Ana, Ben and 2 more see this page');
});

it('says so when nobody looks and when the connection is lost', () => {
  expect(sharing([])).toBe('You are sharing this page · nobody is looking right now');
  expect(sharing(['Ana'], false)).toBe('You are sharing this page · no connection, trying again');
});

it('says that nobody sees the page while it is paused, and why', () => {
  expect(sharing(['Ana'], true, 'visitor')).toBe('Paused. Nobody sees this page.');
  expect(sharing(['Ana'], true, 'page')).toMatch(/^Paused\. This page is not shared/);
  expect(sharing(['Ana'], true, 'blocked')).toBe('You are sharing this page · no connection, trying again');
});
