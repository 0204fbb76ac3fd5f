import * as v from 'valibot';
import { type ErrorCode, RapportError, type Refusal } from '../../shared/errors.ts';
import { maxJsonDepth } from '../../shared/limits.ts';
import type { HandlersOf, PayloadOf, RequestTable } from '../../shared/protocol.ts';
import { isFault, type Log } from '../log.ts';
import { findShapeFault } from './json-shape.ts';
import type { RequestLimits } from './request-limits.ts';

export interface AskedBy<Caller> {
  /** Found when the request's turn comes; may throw a `RapportError`. */
  caller(): Promise<Caller>;
  limits: RequestLimits;
  /** For the log. */
  connection: string;
}

export type AnyReply = ({ ok: true } & Record<string, unknown>) | Refusal;

export interface RequestGate<Caller> {
  /** The only way to a handler, from sockets and HTTP alike. Never rejects. */
  answer(event: unknown, payload: unknown, by: AskedBy<Caller>): Promise<AnyReply>;
  /** New requests are refused with `unavailable`; resolves when those under way have their replies. */
  drain(): Promise<void>;
}

/** The first reason why a payload is refused. `field` only ever names what stands in the schema. */
export function refusalOf(issues: readonly v.BaseIssue<unknown>[]): Refusal {
  const tooLong = issues.find((issue) => issue.type === 'max_length' && typeof issue.input === 'string');
  const issue = tooLong ?? issues[0];
  // A key that does not belong there is the sender's word: only the place it stands in is told.
  const path = (issue?.path ?? []).slice(0, issue?.expected === 'never' ? -1 : undefined);
  const field = path.map(({ key }) => String(key)).join('.');
  return { ok: false, error: tooLong ? 'too_large' : 'malformed', ...(field ? { field } : {}) };
}

const eventName = /^[a-z]{1,20}:[A-Za-z]{1,30}$/;

/** Limits, schema, handler, reply: the door in front of a table of requests. */
export function createRequestGate<T extends RequestTable, Caller>(parts: {
  table: T;
  handlers: HandlersOf<T, Caller>;
  role: 'visitor' | 'agent';
  nowMs(): number;
  log: Log;
}): RequestGate<Caller> {
  const { table, handlers, role, nowMs, log } = parts;
  let isDraining = false;
  let underWay = 0;
  let onIdle: (() => void) | null = null;

  const isKnown = (event: unknown): event is keyof T & string =>
    typeof event === 'string' && Object.hasOwn(table, event);

  const run = async <E extends keyof T & string>(
    event: E,
    payload: unknown,
    by: AskedBy<Caller>,
  ): Promise<AnyReply> => {
    const request = table[event];
    if (!request) return { ok: false, error: 'unknown_event' };
    if (findShapeFault(payload, maxJsonDepth)) return { ok: false, error: 'malformed' };
    const parsed = v.safeParse(request.payload, payload);
    if (!parsed.success) return refusalOf(parsed.issues);
    const reply = await handlers[event](await by.caller(), parsed.output as PayloadOf<T, E>);
    return Object.assign({ ok: true as const }, reply);
  };

  const decide = async (event: unknown, payload: unknown, by: AskedBy<Caller>): Promise<AnyReply> => {
    if (isDraining) return { ok: false, error: 'unavailable' };
    const retryAfterMs = by.limits.take(String(event), nowMs());
    if (retryAfterMs > 0) return { ok: false, error: 'rate_limited', retryAfterMs };
    if (!isKnown(event)) return { ok: false, error: 'unknown_event' };
    return run(event, payload, by);
  };

  return {
    async answer(event, payload, by) {
      const told = typeof event === 'string' && eventName.test(event) ? event : null;
      underWay++;
      try {
        const reply = await decide(event, payload, by);
        if (!reply.ok) {
          const { error: code, field } = reply;
          log.info({ role, event: told, code, field, connection: by.connection }, 'request refused');
        }
        return reply;
      } catch (error) {
        const refusal = asRefusal(error);
        const facts = { role, event: told, code: refusal.error, connection: by.connection };
        if (isFault(error)) log.error({ ...facts, error }, 'request failed');
        else log.info({ ...facts, field: refusal.field }, 'request refused');
        return refusal;
      } finally {
        underWay--;
        if (underWay === 0) onIdle?.();
      }
    },
    async drain() {
      isDraining = true;
      if (underWay === 0) return;
      await new Promise<void>((resolve) => {
        onIdle = resolve;
      });
    },
  };
}

/** What the other side learns of an error: its code, and nothing at all of one that we did not foresee. */
export function asRefusal(error: unknown): Refusal {
  if (!(error instanceof RapportError)) return { ok: false, error: 'internal' satisfies ErrorCode };
  const { code, field, retryAfterMs } = error;
  return {
    ok: false,
    error: code,
    ...(field === undefined ? {} : { field }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
