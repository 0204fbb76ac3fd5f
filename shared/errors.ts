/**
 * Every error that crosses the wire, with what the other side may do about it.
 * `status` is the HTTP status of the same error over HTTP; `retryable` says that the identical request may
 * succeed later, so an outbox keeps it and tries again.
 */
export const errorTable = {
  malformed: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  wrong_credentials: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  origin_not_allowed: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  unknown_site: { status: 404, retryable: false },
  unknown_event: { status: 404, retryable: false },
  client_id_reused: { status: 409, retryable: false },
  /** The thing is in a phase in which this cannot happen, e.g. accepting a co-browse session that has ended. */
  wrong_phase: { status: 409, retryable: false },
  already_exists: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  /** The file has no bytes. */
  empty_file: { status: 400, retryable: false },
  /** The file is of a type that the site does not take, or is not what its name says. */
  unsupported_file: { status: 415, retryable: false },
  /** The host's identity token is not one that this site's keys signed, or does not say who. */
  identity_invalid: { status: 401, retryable: false },
  /** The host's identity token has expired: a fresh one helps. */
  identity_expired: { status: 401, retryable: false },
  /** The site takes identities only with a token that it signed. */
  identity_required: { status: 403, retryable: false },
  /** A message can be edited and taken back for a while only. */
  too_late: { status: 409, retryable: false },
  rate_limited: { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  unavailable: { status: 503, retryable: true },
  /** The site's rules keep the page that the visitor is on from being shared. */
  page_not_shared: { status: 409, retryable: false },
  /** Co-browsing needs a second origin for its viewer, and the server has been given none. */
  viewer_not_configured: { status: 503, retryable: false },
  /** Recording needs a key (`RAPPORT_RECORDING_KEY`), and the server has been given none. */
  recording_not_configured: { status: 503, retryable: false },
  /** The recording's file was changed or cut, or another key is set than when it was made. */
  recording_damaged: { status: 500, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof errorTable;

/** The retryable ones of the table, for browsers that need no more of it. */
export const retryableErrors: readonly ErrorCode[] = ['rate_limited', 'internal', 'unavailable'];

/** Reply to a request that was refused. `field` names the first offending field of a malformed payload. */
export interface Refusal {
  ok: false;
  error: ErrorCode;
  field?: string;
  /** Milliseconds until a rate-limited request may be tried again. */
  retryAfterMs?: number;
}

/** Thrown by domain code; the gateways turn it into a {@link Refusal}. Anything else thrown becomes `internal`. */
export class RapportError extends Error {
  override name = 'RapportError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(code: ErrorCode, detail: { field?: string; retryAfterMs?: number } = {}) {
    super(code);
    this.code = code;
    this.field = detail.field;
    this.retryAfterMs = detail.retryAfterMs;
  }
}
