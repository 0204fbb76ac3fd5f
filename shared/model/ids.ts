import * as v from 'valibot';

/** Prefixes of ids: a log line or a pasted id tells what it is. */
export const idPrefixes = {
  site: 'sit',
  visitor: 'vis',
  agent: 'agt',
  agentSession: 'ags',
  conversation: 'cnv',
  cobrowse: 'cbs',
  survey: 'srv',
  response: 'rsp',
  file: 'fil',
  label: 'lbl',
  team: 'tea',
  canned: 'can',
  macro: 'mac',
  /** A visitor on the site without a record: lives as long as the connection. */
  live: 'liv',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** `cnv_` and 22 or more characters of base64url: 128 random bits. */
export const idSchema = (kind: IdKind) =>
  v.pipe(v.string(), v.regex(new RegExp(`^${idPrefixes[kind]}_[A-Za-z0-9_-]{21,32}$`)));

/** Random id made by the sender when something is composed; repeats of a request carry the same one. */
export const clientIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,40}$/));

/** Public key of a site, as it stands in the script tag. */
export const siteKeySchema = v.pipe(v.string(), v.regex(/^pk_[A-Za-z0-9_-]{4,40}$/));

/** Secret that the widget makes and keeps first-party: `vt_` and 43 characters of base64url (256 bits). */
export const visitorTokenSchema = v.pipe(v.string(), v.regex(/^vt_[A-Za-z0-9_-]{43}$/));

/** Names one browser tab during its life. */
export const tabIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,40}$/));
