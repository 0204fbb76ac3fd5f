import * as v from 'valibot';
import { maxTypedChars, maxUrlChars } from '../limits.ts';
import { type Grant, grantScopes } from './grant.ts';
import { clientIdSchema } from './ids.ts';

/** What an agent does on a visitor's page. Elements are named by their ids in the mirror. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
const ratio = v.pipe(v.number(), v.minValue(-1), v.maxValue(2));
const pixels = v.pipe(v.number(), v.minValue(-20_000), v.maxValue(20_000));

/** An element of the mirror as it was in an epoch: after a page load its number means another one. */
const element = { epoch: count, node: count };
/** A place in it, 0 to 1 of its width and height. */
const place = v.strictObject({ ...element, x: ratio, y: ratio });
export type ControlPlace = v.InferOutput<typeof place>;

/** Keys that do something in a page; what writes is `type`. */
export const controlKeys = [
  'Enter',
  'Tab',
  'Escape',
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'SelectAll',
] as const;
export type ControlKey = (typeof controlKeys)[number];

export const verbSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('scroll'), at: place, xPx: pixels, yPx: pixels }),
  v.strictObject({ kind: v.literal('click'), at: place, count: v.picklist([1, 2]) }),
  v.strictObject({ kind: v.literal('check'), at: place, checked: v.boolean() }),
  v.strictObject({ kind: v.literal('drag'), at: place, to: place }),
  /** Where the agent has put the keyboard: by a click, by Tab. */
  v.strictObject({
    kind: v.literal('type'),
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(maxTypedChars)),
  }),
  v.strictObject({ kind: v.literal('key'), key: v.picklist(controlKeys), shift: v.boolean() }),
  /** A whole value, for controls with a picker of their own: dates, times, colours, numbers, sliders. */
  v.strictObject({
    kind: v.literal('fill'),
    at: place,
    value: v.pipe(v.string(), v.maxLength(maxTypedChars)),
  }),
  /** Options of a native select, by their ids in the mirror. */
  v.strictObject({ kind: v.literal('select'), at: place, options: v.pipe(v.array(count), v.maxLength(100)) }),
  v.strictObject({ kind: v.literal('undo') }),
  v.strictObject({ kind: v.literal('back') }),
  v.strictObject({ kind: v.literal('forward') }),
  v.strictObject({ kind: v.literal('reload') }),
  v.strictObject({
    kind: v.literal('open'),
    url: v.pipe(v.string(), v.maxLength(maxUrlChars), v.regex(/^https?:\/\/[^\s]+$/)),
  }),
]);
export type Verb = v.InferOutput<typeof verbSchema>;
export type VerbKind = Verb['kind'];

export const grantSchema = v.strictObject({
  agent: v.pipe(v.string(), v.maxLength(40)),
  scopes: v.pipe(v.array(v.picklist(grantScopes)), v.minLength(1), v.maxLength(grantScopes.length)),
  mode: v.picklist(['direct', 'propose']),
  expiresAtMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  nonce: clientIdSchema,
}) satisfies v.GenericSchema<Grant>;

export const askedScopesSchema = v.pipe(
  v.array(v.picklist(grantScopes)),
  v.minLength(1),
  v.maxLength(grantScopes.length),
);

/** Why the visitor's page, or the server before it, has not done what the agent asked for. */
export const refusals = [
  'no_grant',
  'expired',
  'out_of_scope',
  'too_fast',
  /** The element is gone, or of the page before. */
  'stale',
  /** Masked, blocked, secret, or the widget's own. */
  'protected',
  'read_only',
  /** Another site, a new window, a file, a program. */
  'elsewhere',
  'not_possible',
  /** Nothing there has the agent's keyboard: the visitor took it, or the agent has not clicked into a field. */
  'no_focus',
  /** The visitor is typing or clicking. */
  'visitor_acts',
  'visitor_refused',
  /** Nothing of the agent's is left to undo, or the visitor has changed it since. */
  'changed_since',
] as const;
export type ControlRefusal = (typeof refusals)[number];

export const targetKinds = [
  'page',
  'link',
  'button',
  'text_field',
  'choice',
  'tick',
  'slider',
  'date',
  'other',
] as const;
export type TargetKind = (typeof targetKinds)[number];

/** One thing an agent has done on the visitor's page, as told to all who look. Never what was typed. */
export interface ControlAction {
  kind: VerbKind;
  target: TargetKind;
  /** Address of the page, as the privacy filter shows it. */
  page: string;
  /** On the visitor's clock, ms since 1970. */
  atMs: number;
}
export const controlActionSchema = v.strictObject({
  kind: v.picklist([
    'scroll',
    'click',
    'check',
    'drag',
    'type',
    'key',
    'fill',
    'select',
    'undo',
    'back',
    'forward',
    'reload',
    'open',
  ] satisfies VerbKind[]),
  target: v.picklist(targetKinds),
  page: v.pipe(v.string(), v.maxLength(maxUrlChars)),
  atMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
}) satisfies v.GenericSchema<ControlAction>;

/** What has become of a verb. `proposed`: the visitor is asked. */
export const verbOutcomeSchema = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('done'), action: controlActionSchema }),
  v.strictObject({ outcome: v.literal('proposed') }),
  v.strictObject({ outcome: v.literal('refused'), because: v.picklist(refusals) }),
]);
export type VerbOutcome = v.InferOutput<typeof verbOutcomeSchema>;
