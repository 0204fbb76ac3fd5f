import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { maxAvatarBytes, maxFileBytes } from '../../shared/limits.ts';
import { type ChatFile, fileNameSchema, kindOfMime, shownImageMimes } from '../../shared/model/chat-file.ts';
import { idSchema } from '../../shared/model/ids.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import { createCallerLimits } from '../domain/caller-limits.ts';
import { createFileLimits } from '../domain/file-limits.ts';
import type { Upload } from '../domain/files.ts';
import { byteRange } from './byte-range.ts';
import { createCallers, type HttpContext } from './callers.ts';
import { attachment } from './content-disposition.ts';
import type { HttpParts } from './http-parts.ts';
import { drainBody, uploadBody } from './upload-body.ts';

/** Readers whose limits are remembered; the one that has been silent longest goes first. */
const maxReaders = 10_000;
/** Opened by itself, a file may do nothing at all: no script, no form, no other file. */
const filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
const fileId = idSchema('file');

/** Files of messages go over HTTP, with the authority of who asks in the headers, at each read. */
export function fileRoutes(
  parts: Pick<
    HttpParts,
    'addressLimits' | 'clock' | 'files' | 'log' | 'ownOrigin' | 'signIn' | 'trustedProxies' | 'visitorDoor'
  >,
) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const { files, clock, log } = parts;
  const callers = createCallers(parts);
  const uploadLimits = createFileLimits();
  const visitorLimits = createCallerLimits({ maxCallers: maxReaders });
  const agentLimits = createCallerLimits({ maxCallers: maxReaders });

  const takeTurn = (retryAfterMs: number) => {
    if (retryAfterMs > 0) throw new RapportError('rate_limited', { retryAfterMs });
  };

  /** Refused or not: the answer is given when the body is no longer on its way. */
  const receive = async <T>(
    context: HttpContext,
    take: (
      upload: Omit<Upload, 'name'>,
      takeUploadTurn: (caller: string, maxBytes: number) => void,
    ) => Promise<T>,
  ): Promise<T> => {
    const { incoming } = context.env;
    const sizeBytes = announcedBytes(context);
    try {
      const upload = { sizeBytes, bytes: uploadBody(incoming) };
      return await take(upload, (caller, maxBytes) =>
        takeTurn(
          uploadLimits.take(
            {
              caller,
              address: callers.addressOf(context),
              bytes: Math.min(sizeBytes ?? maxBytes, maxBytes),
            },
            clock.nowMs(),
          ),
        ),
      );
    } finally {
      await drainBody(incoming, sizeBytes);
    }
  };

  const given = (context: HttpContext, reply: Record<string, unknown>) => {
    context.header('Cache-Control', 'no-store');
    return context.json({ ok: true, ...reply });
  };

  app.post('/visitor/files', async (context) => {
    const file = await receive(context, async (upload, takeUploadTurn) => {
      const visitor = callers.visitor(context);
      takeUploadTurn(visitor.key, maxFileBytes);
      const caller = await visitor.admit();
      const stored = await files.uploadByVisitor(caller, { name: fileName(context), ...upload });
      log.info(
        { role: 'visitor', siteId: caller.siteId, fileId: stored.id, bytes: stored.sizeBytes },
        'file stored',
      );
      return stored;
    });
    return given(context, { file });
  });

  app.post('/agent/files', async (context) => {
    const file = await receive(context, async (upload, takeUploadTurn) => {
      const caller = await callers.agent(context);
      takeUploadTurn(caller.agent.id, maxFileBytes);
      const siteId = context.req.query('site');
      if (!v.is(idSchema('site'), siteId)) throw new RapportError('malformed', { field: 'site' });
      const stored = await files.uploadByAgent(caller, siteId, { name: fileName(context), ...upload });
      log.info({ role: 'agent', siteId, fileId: stored.id, bytes: stored.sizeBytes }, 'file stored');
      return stored;
    });
    return given(context, { file });
  });

  app.post('/agent/avatar', async (context) => {
    const avatar = await receive(context, async (upload, takeUploadTurn) => {
      const caller = await callers.agent(context);
      takeUploadTurn(caller.agent.id, maxAvatarBytes);
      return files.uploadAvatar(upload);
    });
    return given(context, { avatar });
  });

  const give = async (context: HttpContext, caller: VisitorCaller | AgentCaller) => {
    const id = context.req.param('id');
    if (!v.is(fileId, id)) throw new RapportError('not_found');
    const file = await files.find(caller, id);
    const etag = `"${id}"`;
    context.header('ETag', etag);
    // Kept by the reader's browser only, and asked for again each time: a file may have been taken back.
    context.header('Cache-Control', 'private, no-cache');
    context.header('Content-Security-Policy', filePolicy);
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    context.header('Accept-Ranges', 'bytes');
    if (context.req.header('if-none-match')?.split(/,\s*/).includes(etag)) return context.body(null, 304);
    const ifRange = context.req.header('if-range');
    const asked = ifRange === undefined || ifRange === etag ? context.req.header('range') : undefined;
    const range = byteRange(asked, file.sizeBytes);
    if (range === 'unsatisfiable') {
      context.header('Content-Range', `bytes */${file.sizeBytes}`);
      return context.body(null, 416);
    }
    // Before the headers that tell of them: a refusal must not announce the length of bytes that are lost.
    const bytes = context.req.method === 'HEAD' ? null : await files.read(id, range ?? undefined);
    const { from, to } = range ?? { from: 0, to: file.sizeBytes - 1 };
    context.header('Content-Type', servedMime(file));
    context.header('Content-Disposition', attachment(file.name));
    context.header('Content-Length', String(to - from + 1));
    if (range) context.header('Content-Range', `bytes ${from}-${to}/${file.sizeBytes}`);
    const status = range ? 206 : 200;
    return bytes === null ? context.body(null, status) : context.body(bytes, status);
  };

  app.get('/visitor/files/:id', async (context) => {
    const visitor = callers.visitor(context);
    const limits = parts.addressLimits.join(visitorLimits.of(visitor.key, clock.nowMs()), {
      address: callers.addressOf(context),
      hasRecord: () => visitorLimits.isTrusted(visitor.key),
    });
    takeTurn(limits.take('file:read', clock.nowMs()));
    const caller = await visitor.admit();
    if (caller.visitorId !== null) visitorLimits.trust(visitor.key);
    return give(context, caller);
  });

  app.get('/agent/files/:id', async (context) => {
    const caller = await callers.agent(context);
    takeTurn(agentLimits.of(caller.sessionId, clock.nowMs()).take('file:read', clock.nowMs()));
    return give(context, caller);
  });

  return app;
}

/** Agents' pictures: public, since visitors see them, and never another one under the same id. */
export function avatarRoutes({ files }: Pick<HttpParts, 'files'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/avatar/:id', async (context) => {
    const id = context.req.param('id');
    const avatar = v.is(fileId, id) ? await files.avatar(id) : null;
    if (!avatar) throw new RapportError('not_found');
    context.header('Access-Control-Allow-Origin', '*');
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
    context.header('Content-Security-Policy', filePolicy);
    context.header('Cache-Control', 'public, max-age=31536000, immutable');
    context.header('Content-Type', avatar.mime);
    return context.body(avatar.bytes);
  });
  return app;
}

/** Types that a page's own `fetch` makes something of; all others are bytes and nothing more. */
function servedMime({ mime }: ChatFile): string {
  const kind = kindOfMime(mime);
  const isNamed = shownImageMimes.includes(mime) || kind === 'pdf' || kind === 'audio' || kind === 'video';
  return isNamed ? mime : 'application/octet-stream';
}

function fileName(context: HttpContext): string {
  try {
    return v.parse(fileNameSchema, decodeURIComponent(context.req.header('x-file-name') ?? ''));
  } catch {
    throw new RapportError('malformed', { field: 'name' });
  }
}

/** Null for a body that comes in pieces and does not say how much there will be. */
function announcedBytes(context: HttpContext): number | null {
  const header = context.req.header('content-length');
  if (header === undefined) return context.req.header('transfer-encoding') === undefined ? 0 : null;
  return Number(header);
}
