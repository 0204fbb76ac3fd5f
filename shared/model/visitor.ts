import * as v from 'valibot';
import { maxAttributes } from '../limits.ts';
import { emailSchema } from './agent.ts';
import { clientIdSchema } from './ids.ts';
import type { Page } from './page.ts';

const attributeName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const attributeValue = v.union([
  v.pipe(v.string(), v.maxLength(500)),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
]);

/** What a host tells of a customer beyond name and address, e.g. `{ plan: 'team', seats: 12 }`. */
export const attributesSchema = v.pipe(
  v.record(attributeName, attributeValue),
  v.check((attributes) => Object.keys(attributes).length <= maxAttributes, 'too many attributes'),
);
export type Attributes = v.InferOutput<typeof attributesSchema>;

export const visitorNameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120));

/** What may be changed of a visitor. A missing part stays as it is, null removes it; attributes are merged by name. */
export const visitorChangeSchema = v.strictObject({
  name: v.optional(v.nullable(visitorNameSchema)),
  email: v.optional(v.nullable(emailSchema)),
  attributes: v.optional(v.record(attributeName, v.nullable(attributeValue))),
});
export type VisitorChange = v.InferOutput<typeof visitorChangeSchema>;

/** Something that happened in the host's page, told by `rapport('track', name, properties)`. */
export const visitorEventSchema = v.strictObject({
  clientId: clientIdSchema,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  properties: attributesSchema,
  /** When it happened, by the visitor's clock; the server takes no later time than its own. */
  atMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type VisitorEvent = v.InferOutput<typeof visitorEventSchema>;

/** A visitor as agents see them. A record exists only after the visitor acted. */
export interface Visitor {
  id: string;
  siteId: string;
  /** Given by the visitor or the host, else null: shown by {@link visitorName}. */
  name: string | null;
  email: string | null;
  /** Id at the host, signed by it; null while nobody has vouched for this visitor. */
  externalId: string | null;
  /** Name, address and id stand in a token that the site signed. */
  verified: boolean;
  attributes: Attributes;
  /** An agent says that this is the same person as another visitor; both keep their own conversations. */
  mergedInto: { id: string; name: string | null; email: string | null } | null;
  page: Page;
  referrer: string;
  /** e.g. "Chrome 156 on Windows". */
  browser: string;
  language: string;
  timeZone: string;
  firstSeenMs: number;
  lastSeenMs: number;
  /** At least one tab is connected now. */
  online: boolean;
}

/**
 * Four digits made from an id (FNV-1a), always the same ones: "4821". They help people tell a few apart and prove
 * nothing; of 120 visitors two are likely to share them.
 */
export function visitorNumber(id: string): string {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return String(hash % 10_000).padStart(4, '0');
}

/** Name to show for a visitor: what is known, else "Visitor 4821". */
export function visitorName(visitor: {
  id: string;
  name: string | null;
  email: string | null;
  mergedInto?: { name: string | null; email: string | null } | null;
}): string {
  const { mergedInto } = visitor;
  return (
    visitor.name ||
    mergedInto?.name ||
    visitor.email ||
    mergedInto?.email ||
    `Visitor ${visitorNumber(visitor.id)}`
  );
}

/** Somebody who is on the site now, of a site that has agents see it. Without a record nothing of it is kept. */
export interface LiveVisitor {
  id: string;
  siteId: string;
  /** The visitor's record, if there is one. */
  visitorId: string | null;
  name: string | null;
  verified: boolean;
  page: Page;
  referrer: string;
  browser: string;
  language: string;
  /** Since when this visit lasts, and since when the page is in view. */
  sinceMs: number;
  pageSinceMs: number;
  /** Open tabs. */
  tabs: number;
}

/** Name to show for somebody on the site; of one without a record it lasts as long as the stay. */
export function liveVisitorName({
  id,
  visitorId,
  name,
}: Pick<LiveVisitor, 'id' | 'visitorId' | 'name'>): string {
  return visitorName({ id: visitorId ?? id, name, email: null });
}
