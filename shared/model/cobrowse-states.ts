/**
 * What a page shows and rrweb does not record: states that stand in no attribute. They travel as custom events of the
 * epoch, after the nodes that they are about, and tell what is so now; a later one of the same kind and node replaces it.
 */
export const stateTag = 'rapport-state';

/** States of elements. Each is told as the list of all elements that are in it. */
export const pageMarks = [
  'active',
  'focus-visible',
  'in-range',
  'indeterminate',
  'invalid',
  'out-of-range',
  'popover-open',
  'sheet-disabled',
  'target',
  'undefined',
  'unreadable-value',
  'user-invalid',
  'user-valid',
  'valid',
] as const;
export type PageMark = (typeof pageMarks)[number];

/** A place in the tree: a text node and the number of signs before it. */
export interface TextPlace {
  id: number;
  at: number;
}

export interface AnimationState {
  /** Of the page's style sheets; null: made by a script. */
  name: string | null;
  pseudo: string | null;
  /** Of an animation made by a script. */
  frames: Record<string, string | number | null>[];
  timing: Record<string, string | number>;
  timeMs: number | null;
  rate: number;
  play: 'running' | 'paused' | 'finished';
}

export type PageState =
  | { kind: 'mark'; mark: PageMark; ids: number[] }
  /** The innermost element under the pointer, which may change while the pointer stands still. */
  | { kind: 'hover'; id: number | null }
  | { kind: 'chosen'; id: number; options: number[] }
  | { kind: 'files'; id: number; names: string[] }
  | { kind: 'selection'; ranges: { start: TextPlace; end: TextPlace }[] }
  | { kind: 'field-selection'; id: number | null; from: number; to: number }
  | { kind: 'animations'; id: number; animations: AnimationState[] }
  | { kind: 'svg-time'; id: number; seconds: number; isPaused: boolean }
  /** What a canvas or a video shows, as a small picture. */
  | { kind: 'picture'; id: number; url: string }
  /** Its content stands in a shadow root that nobody can look into: a box of its size, if it has one. */
  | { kind: 'closed'; id: number; widthPx: number; heightPx: number }
  | { kind: 'font'; rule: string }
  /** Colour schemes that the page says it has. */
  | { kind: 'schemes'; schemes: string };

/** Longest picture: one a second is then a tenth of what the relay lets through. */
export const maxPictureChars = 120_000;
export const maxMarked = 2_000;
export const maxAnimations = 200;
export const maxFrames = 40;
export const maxChosen = 2_000;
export const maxRanges = 10;
export const maxNames = 20;
