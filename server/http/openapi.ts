import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { errorTable } from '../../shared/errors.ts';
import {
  agentRequests,
  protocolVersion,
  type RequestTable,
  signIn,
  visitorRequests,
} from '../../shared/protocol.ts';
import { chatFile } from '../../shared/wire.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of the HTTP side, made from the protocol tables. */
export function openApiDocument(serverUrl: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version: String(protocolVersion),
      description:
        'The requests of the realtime protocol over HTTP. Every reply is `{ ok: true, … }` or `{ ok: false, error }`.',
    },
    servers: [{ url: serverUrl }],
    paths: {
      ...pathsOf('visitor', visitorRequests, [{ visitorToken: [], site: [] }]),
      ...pathsOf('agent', agentRequests, [{ accessToken: [] }]),
      ...filePaths(),
      '/api/session': {
        post: operation('signIn', 'session', signIn, []),
        delete: { ...bare('signOut', 'session'), security: [{ renewalCookie: [] }] },
      },
      '/api/session/renew': {
        post: {
          ...bare('renewSession', 'session'),
          security: [{ renewalCookie: [] }],
          responses: { ...reply(signIn.reply), default: refused },
        },
      },
    },
    components: {
      securitySchemes: {
        visitorToken: {
          type: 'http',
          scheme: 'bearer',
          description: "The visitor's own secret, `vt_…`.",
        },
        site: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Rapport-Site',
          description: "The site's public key, `pk_…`.",
        },
        identity: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Rapport-Identity',
          description: 'Who the visitor is, signed by the site; only where that matters.',
        },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        renewalCookie: { type: 'apiKey', in: 'cookie', name: 'rapport_session' },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['ok', 'error'],
          properties: {
            ok: { const: false },
            error: { type: 'string', enum: Object.keys(errorTable) },
            field: { type: 'string', description: 'The first offending field of a malformed payload.' },
            retryAfterMs: { type: 'number' },
          },
        },
      },
    },
  };
}

const refused = {
  description: 'Refused; the status is the one of the error code.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _draft, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return rest;
}

const bare = (operationId: string, tag: string): Json => ({
  operationId,
  tags: [tag],
  responses: {
    200: { description: 'Done.', content: { 'application/json': { schema: okSchema } } },
    default: refused,
  },
});

const okSchema = { type: 'object', required: ['ok'], properties: { ok: { const: true } } };

const reply = (schema: v.GenericSchema): Json => ({
  200: {
    description: 'Done.',
    content: { 'application/json': { schema: { allOf: [okSchema, schemaOf(schema)] } } },
  },
});

const operation = (
  operationId: string,
  tag: string,
  request: RequestTable[string],
  security: Json[],
): Json => ({
  operationId,
  tags: [tag],
  security,
  requestBody: { required: true, content: { 'application/json': { schema: schemaOf(request.payload) } } },
  responses: { ...reply(request.reply), default: refused },
});

function pathsOf(role: 'visitor' | 'agent', table: RequestTable, security: Json[]): Json {
  const paths = Object.entries(table).map(([event, request]) => [
    `/api/${role}/${event}`,
    { post: operation(`${role}.${event}`, role, request, security) },
  ]);
  return Object.fromEntries(paths);
}

/** What is no request of the tables: bytes go in and out as they are. */
function filePaths(): Json {
  const name = {
    in: 'header',
    name: 'X-File-Name',
    required: true,
    description: 'The name, as `encodeURIComponent` writes it.',
    schema: { type: 'string' },
  };
  const site = { in: 'query', name: 'site', required: true, schema: { type: 'string' } };
  const id = { in: 'path', name: 'id', required: true, schema: { type: 'string' } };
  const bytes = { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  const upload = (operationId: string, tag: string, schema: v.GenericSchema, more: Json): Json => ({
    post: {
      operationId,
      tags: [tag],
      requestBody: { required: true, ...bytes },
      responses: { ...reply(schema), default: refused },
      ...more,
    },
  });
  const download = (operationId: string, tag: string, more: Json): Json => ({
    get: {
      operationId,
      tags: [tag],
      parameters: [id],
      responses: { 200: { description: 'The file, as an attachment.', ...bytes }, default: refused },
      ...more,
    },
  });
  const chunk = (more: Json): Json => ({
    get: {
      operationId: 'agent.recording',
      tags: ['agent'],
      parameters: [id, { in: 'path', name: 'chunk', required: true, schema: { type: 'integer' } }],
      responses: {
        200: { description: 'A chunk of a recording that `recording:open` has opened.', ...bytes },
        default: refused,
      },
      ...more,
    },
  });
  const file = v.object({ file: chatFile });
  const asVisitor = {
    security: [
      { visitorToken: [], site: [] },
      { visitorToken: [], site: [], identity: [] },
    ],
  };
  const asAgent = { security: [{ accessToken: [] }] };
  return {
    '/api/visitor/files': upload('visitor.files', 'visitor', file, { parameters: [name], ...asVisitor }),
    '/api/visitor/files/{id}': download('visitor.file', 'visitor', asVisitor),
    '/api/agent/files': upload('agent.files', 'agent', file, { parameters: [site, name], ...asAgent }),
    '/api/agent/files/{id}': download('agent.file', 'agent', asAgent),
    '/api/agent/recordings/{id}/{chunk}': chunk(asAgent),
    '/api/agent/avatar': upload('agent.avatar', 'agent', v.object({ avatar: v.string() }), asAgent),
    '/avatar/{id}': download('avatar', 'agent', { security: [] }),
  };
}
