import * as v from 'valibot';
import { maxMarkChars, maxMarkPoints } from '../limits.ts';
import type { AgentCard } from './agent.ts';
import { clientIdSchema, tabIdSchema } from './ids.ts';

export const markKinds = ['arrow', 'rectangle', 'pen', 'highlight', 'callout'] as const;
export type MarkKind = (typeof markKinds)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
const ratio = v.pipe(v.number(), v.minValue(-20), v.maxValue(20));

const anchor = { epoch: count, node: count };
export const anchorSchema = v.strictObject(anchor);

/**
 * Something drawn over a page. It belongs to an element of the mirror and is measured in that element's box, so that it
 * stays where it was meant when the page scrolls, is laid out anew or is drawn anew.
 */
export const markSchema = v.pipe(
  v.strictObject({
    id: clientIdSchema,
    kind: v.picklist(markKinds),
    tab: tabIdSchema,
    ...anchor,
    /** x, y, x, y, … in widths and heights of the element. Two points for arrow and rectangle, one for a callout. */
    points: v.pipe(v.array(ratio), v.maxLength(maxMarkPoints * 2)),
    text: v.pipe(v.string(), v.maxLength(maxMarkChars)),
  }),
  v.check(({ kind, points, text }) => {
    if (points.length % 2 !== 0) return false;
    if (kind === 'highlight') return points.length === 0;
    if (kind === 'callout') return points.length === 2 && text.trim() !== '';
    return kind === 'pen' ? points.length >= 4 : points.length === 4;
  }, 'points or text do not fit the kind'),
);
export type MarkDraft = v.InferOutput<typeof markSchema>;

/** `by` is null for the visitor's own. */
export type Mark = MarkDraft & { by: AgentCard | null };
