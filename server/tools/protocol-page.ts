import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { errorTable } from '../../shared/errors.ts';
import * as limits from '../../shared/limits.ts';
import { inboxFilterSchema } from '../../shared/model/inbox.ts';
import { pageSchema, visitSchema } from '../../shared/model/page.ts';
import { siteSettingsSchema } from '../../shared/model/site.ts';
import { visitorChangeSchema } from '../../shared/model/visitor.ts';
import { workspaceItemSchema } from '../../shared/model/workspace.ts';
import * as protocol from '../../shared/protocol.ts';
import * as wire from '../../shared/wire.ts';

/** Rules that no schema tells. Tests name them by their numbers. */
const rules: ReadonlyArray<readonly [name: string, text: string]> = [
  ['M1', 'A reply `ok: true` to a message means that it is on disk.'],
  [
    'M2',
    'A request repeated with the same `clientId` returns the entry of the first one, for ever; with another content it is refused with `client_id_reused`.',
  ],
  [
    'M3',
    'The entries of a conversation are numbered 1, 2, 3 … without a gap, in the order of their commits.',
  ],
  [
    'M4',
    'A reader drops an entry it knows, applies the next one, and fetches `afterSeq` its last one when there is a gap.',
  ],
  ['M5', 'State and all entries after it give the state that would be fetched.'],
  [
    'M6',
    '`heads:beat` repeats every 25 s where the logs end, so that a lost fact is noticed. Another `epoch` means: forget all and fetch again.',
  ],
  ['M7', 'What one connection sends is stored in the order in which it was sent.'],
  [
    'M8',
    'A `read` or `delivered` entry is written only when a message of the other side becomes read or delivered.',
  ],
  [
    'M9',
    'Who sent a message may edit it or take it back for 15 minutes; notes for ever. What is taken back is erased from the log, with its files.',
  ],
  [
    'M10',
    'Entries for agents only (notes, labels, priority, changes of notes) keep their numbers, and reach visitors as kind `hidden` with nothing in them; of a conversation visitors get neither team, labels, priority, mentions nor snoozing.',
  ],
  ['M11', 'A snoozed conversation opens at its time, or when the visitor writes, whichever comes first.'],
  [
    'R1',
    'On a site with `round_robin` a conversation that nobody has taken, and whose visitor waits, goes to the agent who is there, not away, in its team if it has one, below capacity, and whose last assignment is longest ago. The longest wait is served first.',
  ],
  [
    'R2',
    'A visitor has a place in the queue while agents who could answer are there and all of them are at capacity. It is told when it changes.',
  ],
  ['R3', 'All actions of a macro are written, or none.'],
  [
    'R4',
    'The first answer in a conversation that no agent has makes it the sender’s, in one transaction with the answer.',
  ],
  [
    'L1',
    'Visitors on a site are listed and told to agents only where the site wants it; the id of a visitor without a record lasts as long as its connections.',
  ],
  [
    'A1',
    'Who may do what follows from the caller alone. Objects of another site or visitor are `not_found`.',
  ],
  ['A2', 'Rooms are joined by the server only.'],
  ['A3', 'A visitor has no record before the first message or offer.'],
  [
    'A4',
    'Only origins that the site lists may connect; a page of another one is refused with `origin_not_allowed`.',
  ],
  [
    'S1',
    'The satisfaction question is asked at most once in a conversation, and only its first answer or dismissal counts.',
  ],
  [
    'CB1',
    'Nothing of a page is sent before the visitor has consented: the relay admits a page only in the phases `active` and `waiting`.',
  ],
  ['CB2', 'A visitor has at most one co-browse session that is not over.'],
  ['CB3', 'Stopping what is over already is no error: who stops repeats it until it is heard.'],
  ['CB4', 'A late agent starts from a full snapshot, without the visitor’s page doing anything.'],
  ['CB5', 'A page that is lost may come back for 2 minutes; then the session ends as `visitor_gone`.'],
  ['CB6', 'A session that has ended is cut on both sides at once.'],
];

interface Section {
  title: string;
  text: string;
  table: string;
  requests?: protocol.RequestTable;
  facts?: protocol.FactTable;
}

const sections: Section[] = [
  {
    title: 'Visitor asks',
    text: 'Socket.IO path `/live`, namespace `/visitor`; over HTTP `POST /api/visitor/EVENT`.',
    table: 'visitorRequests',
    requests: protocol.visitorRequests,
  },
  { title: 'Visitor hears', text: 'Same connection.', table: 'visitorFacts', facts: protocol.visitorFacts },
  {
    title: 'Agent asks',
    text: 'Socket.IO path `/live`, namespace `/agent`; over HTTP `POST /api/agent/EVENT`.',
    table: 'agentRequests',
    requests: protocol.agentRequests,
  },
  { title: 'Agent hears', text: 'Same connection.', table: 'agentFacts', facts: protocol.agentFacts },
  {
    title: 'Visitor’s page to the relay',
    text: 'Socket.IO path `/relay`, namespace `/visitor`, the session’s id in the query as `cobrowse`, parser `shared/relay-parser.ts`. Facts are lists of arguments and are not answered.',
    table: 'visitorRelayFacts',
    facts: protocol.visitorRelayFacts,
  },
  {
    title: 'Relay to the visitor’s page',
    text: 'Same connection.',
    table: 'relayToVisitor',
    facts: protocol.relayToVisitor,
  },
  {
    title: 'Agent to the relay',
    text: 'Socket.IO path `/relay`, namespace `/agent`, the same query and parser.',
    table: 'agentRelayFacts',
    facts: protocol.agentRelayFacts,
  },
  {
    title: 'Relay to an agent',
    text: 'Same connection.',
    table: 'relayToAgent',
    facts: protocol.relayToAgent,
  },
];

interface JsonSchema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema | JsonSchema[];
  prefixItems?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
}

/** A schema as a TypeScript type, the shortest text that people read. */
function typeText(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeText).join(' | ');
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeText).join(', ')}]`;
  if (schema.type === 'array') {
    const items = Array.isArray(schema.items) ? '' : typeText(schema.items ?? {});
    return /[ |]/.test(items) ? `Array<${items}>` : `${items}[]`;
  }
  if (schema.type === 'object') {
    const { additionalProperties: values } = schema;
    if (!schema.properties && typeof values === 'object') return `Record<string, ${typeText(values)}>`;
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
      const mark = schema.required?.includes(name) ? '' : '?';
      return `${name}${mark}: ${typeText(field)}`;
    });
    return fields.length === 0 ? '{}' : `{ ${fields.join('; ')} }`;
  }
  if (schema.type === 'integer') return 'number';
  return schema.type ?? 'bytes';
}

/** What is sent in many places, by the name under which it is described once. */
const shapes: Record<string, v.GenericSchema> = {
  Agent: wire.agent,
  AgentCard: wire.agentCard,
  ChatFile: wire.chatFile,
  CobrowseSession: wire.cobrowseSession,
  Conversation: wire.conversation,
  Entry: wire.entry,
  FoundCustomer: wire.foundCustomer,
  FoundMessage: wire.foundMessage,
  Head: wire.head,
  IdentityKey: wire.identityKey,
  InboxCounts: wire.inboxCounts,
  InboxFilter: inboxFilterSchema,
  InboxRow: wire.inboxRow,
  LiveVisitor: wire.liveVisitor,
  Page: pageSchema,
  QueuePlace: wire.queuePlace,
  SatisfactionAnswer: wire.satisfactionAnswer,
  SatisfactionResults: wire.satisfactionResults,
  Sender: wire.sender,
  Site: wire.site,
  SiteSettings: siteSettingsSchema,
  TeamMember: wire.teamMember,
  Visit: visitSchema,
  Visitor: wire.visitor,
  VisitorChange: visitorChangeSchema,
  VisitorEvent: wire.visitorEvent,
  Workspace: wire.workspace,
  WorkspaceItem: workspaceItemSchema,
};

const textOf = (schema: v.GenericSchema, definitions = shapes): string =>
  typeText(
    toJsonSchema(schema, {
      target: 'draft-2020-12',
      typeMode: 'input',
      errorMode: 'ignore',
      definitions,
    }) as JsonSchema,
  );

/** A shape in the words of the others. */
function shapeText(name: string): string {
  const { [name]: own, ...others } = shapes;
  return own ? `- **${name}** ${code(textOf(own, others))}` : '';
}

/** The comment that stands above `'event:name'` in its table. */
function commentOf(source: string, table: string, event: string): string {
  const body = source.slice(source.indexOf(`export const ${table} = {`));
  const at = body.indexOf(`  '${event}':`);
  const [, comment] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(body.slice(0, at)) ?? [];
  return (comment ?? '').replace(/\s*\n\s*\*\s?/g, ' ').trim();
}

const code = (text: string) => `\`${text}\``;

function sectionText(source: string, { title, text, table, requests, facts }: Section): string {
  const describe = (event: string, types: string[]) =>
    [`### ${code(event)}`, commentOf(source, table, event), ...types]
      .filter((part) => part !== '')
      .join('\n\n');
  const asked = Object.entries(requests ?? {}).map(([event, { payload, reply }]) =>
    describe(event, [`- payload: ${code(textOf(payload))}\n- reply: ${code(textOf(reply))}`]),
  );
  const told = Object.entries(facts ?? {}).map(([event, fact]) =>
    describe(event, [`- ${code(textOf(fact))}`]),
  );
  return [`## ${title}`, text, ...asked, ...told].join('\n\n');
}

/** `docs/protocol.md`, from the tables and the source text of `shared/protocol.ts`. */
export function protocolPage(source: string): string {
  const errors = Object.entries(errorTable).map(
    ([name, { status, retryable }]) => `| ${code(name)} | ${status} | ${retryable ? 'yes' : 'no'} |`,
  );
  const numbers = Object.entries(limits).map(([name, value]) => `| ${code(name)} | ${value} |`);
  const page = [
    '# The protocol',
    `Version ${protocol.protocolVersion}. Generated from \`shared/protocol.ts\`; do not edit.`,
    'Requests (`message:send`) carry one payload and get one reply: `{ ok: true, … }`, or `{ ok: false, error, field?, retryAfterMs? }`. Facts (`entry:added`) are told and not answered. The same requests are open over HTTP as JSON; `/api/openapi.json` describes them.',
    [
      'Who connects says so in Socket.IO’s `auth`:',
      '',
      `- visitor: ${code(textOf(protocol.visitorAuth))}`,
      `- agent: ${code(textOf(protocol.agentAuth))}`,
      `- visitor’s page at the relay: ${code(textOf(protocol.visitorRelayAuth))}`,
      '',
      'Over HTTP the token is the bearer, and the site’s key stands in `X-Rapport-Site`.',
    ].join('\n'),
    '## Rules',
    ['| | |', '|---|---|', ...rules.map(([name, text]) => `| ${name} | ${text} |`)].join('\n'),
    '## Errors',
    'Retryable: the identical request may succeed later.',
    ['| code | HTTP status | retryable |', '|---|---|---|', ...errors].join('\n'),
    '## Limits',
    ['| | |', '|---|---|', ...numbers].join('\n'),
    '## Shapes',
    Object.keys(shapes).map(shapeText).join('\n'),
    ...sections.map((section) => sectionText(source, section)),
    [
      '## Signing in',
      '',
      `\`POST /api/session\` with ${code(textOf(protocol.signIn.payload))} replies ${code(textOf(protocol.signIn.reply))} and sets the cookie \`rapport_session\`, which is valid on that path only. \`POST /api/session/renew\` exchanges the cookie for a new one and gives a new access token; \`DELETE /api/session\` signs out. The cookie counts only with the console’s own Origin.`,
    ].join('\n'),
  ];
  return `${page.join('\n\n')}\n`;
}
