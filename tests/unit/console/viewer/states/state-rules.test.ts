import { describe, expect, it } from 'vitest';
import { cleanState } from '../../../../../console/viewer/states/state-rules.ts';

const known = { isElement: (id: number) => id < 10, isText: (id: number) => id >= 10 && id < 20 };
const clean = (state: object) => cleanState(state, known);

describe('a told state', () => {
  it('is about nodes that the mirror has', () => {
    expect(clean({ kind: 'mark', mark: 'active', ids: [1, 2, 11, 99] })).toEqual({
      kind: 'mark',
      mark: 'active',
      ids: [1, 2],
    });
    expect(clean({ kind: 'hover', id: 99 })).toEqual({ kind: 'hover', id: null });
    expect(clean({ kind: 'svg-time', id: 99, seconds: 1, isPaused: true })).toBeNull();
    const [start, end] = [
      { id: 10, at: 2 },
      { id: 11, at: 4 },
    ];
    const ranges = [
      { start, end },
      { start: { id: 1, at: 0 }, end },
    ];
    expect(clean({ kind: 'selection', ranges })).toEqual({ kind: 'selection', ranges: [{ start, end }] });
  });

  it('of an unknown kind or mark is dropped', () => {
    expect(clean({ kind: 'scripts', id: 1 })).toBeNull();
    expect(clean({ kind: 'mark', mark: 'onclick', ids: [1] })).toBeNull();
  });

  it('holds no address in its keyframes, and no property that is not CSS', () => {
    const state = clean({
      kind: 'animations',
      id: 1,
      animations: [
        {
          name: null,
          pseudo: '::before',
          frames: [
            {
              offset: 0,
              easing: 'ease-in',
              backgroundImage: 'url(https://evil.example/a.png)',
              width: '10px',
            },
            { offset: 7, 'on click': 'x', easing: 'url(x)', composite: 'replace' },
          ],
          timing: { duration: 500, iterations: -1, fill: 'both', direction: 'sideways', easing: 'linear' },
          timeMs: 250,
          rate: 1,
          play: 'paused',
        },
      ],
    });
    expect(JSON.stringify(state)).not.toContain('evil');
    expect(state).toMatchObject({
      animations: [
        {
          pseudo: '::before',
          frames: [
            { offset: 0, easing: 'ease-in', backgroundImage: 'url("data:,")', width: '10px' },
            { offset: null, easing: 'linear', composite: 'auto' },
          ],
          timing: { duration: 500, iterations: -1, fill: 'both', easing: 'linear' },
        },
      ],
    });
  });

  it('shows pictures that stand in it, and no others', () => {
    const url = 'data:image/webp;base64,UklGRg==';
    expect(clean({ kind: 'picture', id: 1, url })).toEqual({ kind: 'picture', id: 1, url });
    for (const other of ['https://evil.example/a.webp', 'data:image/svg+xml,<svg/>', `${url}") x`])
      expect(clean({ kind: 'picture', id: 1, url: other })).toBeNull();
  });

  it('gives a part that cannot be read a size within reason', () => {
    expect(clean({ kind: 'closed', id: 1, widthPx: -20, heightPx: 1e9 })).toEqual({
      kind: 'closed',
      id: 1,
      widthPx: 20,
      heightPx: 10_000,
    });
    expect(() => clean({ kind: 'closed', id: 1, widthPx: '100%', heightPx: 5 })).toThrow();
  });

  it.each([
    { kind: 'mark', mark: 'active', ids: 'all' },
    { kind: 'mark', mark: 'active', ids: [0] },
    { kind: 'files', id: 1, names: [{}] },
    { kind: 'selection', ranges: [{ start: 1 }] },
    { kind: 'animations', id: 1, animations: [{ name: 5 }] },
  ])('that our recorder cannot have sent is refused: %j', (state) => {
    expect(() => clean(state)).toThrow();
  });
});
