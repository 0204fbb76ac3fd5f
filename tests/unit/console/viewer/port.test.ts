import { describe, expect, it } from 'vitest';
import { readFromViewer } from '../../../../console/viewer/port.ts';

const pointer = { tab: 'tab_one_1', epoch: 2, node: 7, x: 0.5, y: 0.25 };

describe('what the viewer says', () => {
  it.each([
    { type: 'ready' },
    { type: 'shown', tab: 'tab_one_1', epoch: 2, batch: 9, delayMs: 12 },
    { type: 'sized', widthPx: 800, heightPx: 600, scale: 0.5 },
    { type: 'wanted', tab: 'tab_one_1' },
    { type: 'failed', tab: 'tab_one_1', epoch: 2, fault: 'cut_off', detail: '' },
    { type: 'pointer', pointer },
    { type: 'pointer', pointer: null },
  ])('is understood: $type', (message) => {
    expect(readFromViewer(message)).toEqual(message);
  });

  it('brings nothing along that was not asked for', () => {
    expect(readFromViewer({ type: 'pointer', pointer: { ...pointer, agent: 'x' }, token: 'y' })).toEqual({
      type: 'pointer',
      pointer,
    });
  });

  it.each([
    ['no object', 'ready'],
    ['nothing', null],
    ['another type', { type: 'eval' }],
    ['a type from the prototype', { type: '__proto__' }],
    ['a delay that is no number', { type: 'shown', tab: 't', epoch: 1, batch: 1, delayMs: 'x' }],
    ['a batch below 0', { type: 'shown', tab: 't', epoch: 1, batch: -1, delayMs: 1 }],
    ['a tab of any length', { type: 'wanted', tab: 'x'.repeat(1_000) }],
    ['an unknown fault', { type: 'failed', tab: 't', epoch: 1, fault: 'constructor', detail: '' }],
    ['an endless size', { type: 'sized', widthPx: Number.POSITIVE_INFINITY, heightPx: 1, scale: 1 }],
  ])('is not believed: %s', (_name, message) => {
    expect(readFromViewer(message)).toBeNull();
  });

  it('points nowhere when its pointer is malformed', () => {
    expect(readFromViewer({ type: 'pointer', pointer: { ...pointer, x: Number.NaN } })).toEqual({
      type: 'pointer',
      pointer: null,
    });
  });
});
