import * as v from 'valibot';
import { maxTitleChars, maxUrlChars } from '../limits.ts';

const webAddress = v.pipe(v.string(), v.maxLength(maxUrlChars), v.regex(/^(https?:\/\/|$)/i));

/** A page that a visitor is on. The sender has removed query values and fragments from `url`. */
export const pageSchema = v.strictObject({
  url: webAddress,
  title: v.pipe(v.string(), v.maxLength(maxTitleChars)),
});
export type Page = v.InferOutput<typeof pageSchema>;

/** Where a visit came from and how it looks from outside; sent once per connection. */
export const visitSchema = v.strictObject({
  page: pageSchema,
  referrer: webAddress,
  language: v.pipe(v.string(), v.maxLength(35)),
  timeZone: v.pipe(v.string(), v.maxLength(64)),
});
export type Visit = v.InferOutput<typeof visitSchema>;
