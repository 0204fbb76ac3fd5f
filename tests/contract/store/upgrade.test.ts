import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, type Migration, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyHash } from '../../../server/store/body-hash.ts';
import { first } from '../../../server/store/migrations/0001-first.ts';
import { columnTypes, type DialectName } from '../../../server/store/migrations/column-types.ts';
import { openStore } from '../../../server/store/open-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { applyEntry, newConversation } from '../../../shared/model/conversation.ts';
import { noFilter } from '../../../shared/model/inbox.ts';
import { defaultSiteSettings } from '../../../shared/model/site.ts';
import { entryOf, logOf, newClientId, newId, startMs, visit } from './cast.ts';
import { type Place, postgres, sqliteWorkerUrl } from './databases.ts';

/** Tables of the first release, as far as they are filled here; a row is what the program wrote then. */
type Row = Record<string, string | number | null>;
type Before = Kysely<Record<string, Row>>;

const siteId = newId('site');
const agentId = newId('agent');
const visitorId = newId('visitor');
const [closedId, openId, silentId] = [newId('conversation'), newId('conversation'), newId('conversation')];
const closingId = newClientId();

const settingsBefore = () => {
  const { name, origins, look, texts, privacy } = defaultSiteSettings('Möbel', ['https://shop.example']);
  return { name, origins, look: { ...look, accent: '#123456' }, texts, privacy };
};

/** A conversation as it was written before there were teams, labels and snoozing. */
function stateBefore(id: string, lastSeq: number, change: object) {
  return {
    id,
    siteId,
    visitorId,
    createdAtMs: startMs,
    lastSeq,
    status: 'open',
    assignee: null,
    lastMessage: null,
    unreadByAgents: [],
    unreadByVisitor: [],
    visitorReadSeq: 0,
    agentReadSeq: 0,
    waitingSinceMs: null,
    hasAgentReply: false,
    survey: { state: 'none' },
    ...change,
  };
}

const conversationRow = (state: ReturnType<typeof stateBefore> & { status: string }): Row => ({
  id: state.id,
  site_id: siteId,
  visitor_id: visitorId,
  start_client_id: newClientId(),
  start_hash: '',
  created_at_ms: startMs,
  status: state.status,
  last_seq: state.lastSeq,
  last_activity_ms: startMs,
  changed_at_ms: startMs,
  state: JSON.stringify(state),
});

function entryRow(
  conversationId: string,
  seq: number,
  sender: 'visitor' | 'agent',
  kind: string,
  payload: object,
  clientId = newClientId(),
): Row {
  return {
    conversation_id: conversationId,
    seq,
    sender_role: sender,
    sender_key: sender === 'visitor' ? visitorId : agentId,
    client_id: clientId,
    kind,
    body_hash: bodyHash(kind, payload),
    payload: JSON.stringify(payload),
    at_ms: startMs + seq * 1_000,
  };
}

/** What an installation of the first release left behind. */
async function fillFirstRelease(db: Before, dialect: DialectName, schema?: string): Promise<void> {
  const migration: Migration = first(columnTypes[dialect]);
  const { error } = await new Migrator({
    db,
    migrationTableName: 'rapport_migrations',
    migrationLockTableName: 'rapport_migrations_lock',
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
    provider: { getMigrations: async () => ({ '0001-first': migration }) },
  }).migrateToLatest();
  if (error !== undefined) throw error;

  const add = (table: string, rows: Row[]) => db.insertInto(table).values(rows).execute();
  await add('sites', [
    { id: siteId, key: 'pk_first', settings: JSON.stringify(settingsBefore()), created_at_ms: startMs },
  ]);
  const card = JSON.stringify({ name: 'Ada', color: '#0072b2' });
  await add('agents', [{ id: agentId, email: 'ada@shop.example', card, password_hash: 'scrypt:hash' }]);
  await add('memberships', [{ site_id: siteId, agent_id: agentId, role: 'owner' }]);
  const profile = JSON.stringify({ name: 'Anna \u0000', email: null, browser: 'Chrome', ...visit });
  await add('visitors', [
    {
      id: visitorId,
      site_id: siteId,
      token_hash: 'hash of a token',
      profile,
      first_seen_ms: startMs,
      last_seen_ms: startMs,
    },
  ]);
  const assignee = { id: agentId, name: 'Ada' };
  const last = (role: string, preview: string, seq: number) => ({
    lastMessage: { role, preview, atMs: startMs + seq * 1_000, seq },
  });
  await add('conversations', [
    conversationRow(
      stateBefore(closedId, 4, {
        status: 'resolved',
        assignee,
        hasAgentReply: true,
        unreadByAgents: [1],
        unreadByVisitor: [2],
        ...last('agent', 'Yes, it is', 2),
      }),
    ),
    conversationRow(
      stateBefore(openId, 1, {
        unreadByAgents: [1],
        waitingSinceMs: startMs + 1_000,
        ...last('visitor', 'A walnut chair?', 1),
      }),
    ),
    conversationRow(stateBefore(silentId, 0, {})),
  ]);
  await add('entries', [
    entryRow(closedId, 1, 'visitor', 'message', { text: 'Is the oak table in stock?' }),
    entryRow(closedId, 2, 'agent', 'message', { text: 'Yes, it is' }),
    entryRow(closedId, 3, 'agent', 'assignment', { agentId, agentName: 'Ada' }),
    entryRow(closedId, 4, 'agent', 'status', { status: 'resolved' }, closingId),
    entryRow(openId, 1, 'visitor', 'message', { text: 'A walnut chair?' }),
  ]);
}

describe.each(['sqlite', 'postgres'] as const)('a database of the first release, %s', (dialect) => {
  const cleanups: Array<() => unknown> = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function upgradedSqlite(): Promise<Store> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-upgrade-'));
    cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
    const before = new Database(join(dataFolder, 'rapport.db'));
    before.pragma('journal_mode = wal');
    const db: Before = new Kysely({ dialect: new SqliteDialect({ database: before }) });
    await fillFirstRelease(db, 'sqlite');
    await db.destroy();
    return await openStore({ dataFolder, databaseUrl: null, sqliteWorkerUrl });
  }

  async function upgradedPostgres(): Promise<Store> {
    const place: Place = await postgres.create();
    cleanups.push(() => place.drop());
    const databaseUrl = place.databaseUrl ?? '';
    const db: Before = new Kysely({
      dialect: new PostgresDialect({ pool: new Pool({ connectionString: databaseUrl, max: 1 }) }),
    });
    const schema = /search_path=(\w+)/.exec(decodeURIComponent(databaseUrl))?.[1];
    await fillFirstRelease(db, 'postgres', schema);
    await db.destroy();
    return await openStore({ dataFolder: tmpdir(), databaseUrl });
  }

  it.skipIf(dialect === 'postgres' && !postgres.reachable)(
    'is read as if it had been written today',
    async () => {
      const store = await (dialect === 'sqlite' ? upgradedSqlite() : upgradedPostgres());
      cleanups.push(() => store.close());

      const today = defaultSiteSettings('', []);
      const { chat, cobrowse, hours, routing, identity, liveVisitors } = today;
      expect((await store.siteByKey({ key: 'pk_first' }))?.settings).toEqual({
        ...settingsBefore(),
        ...{ chat, cobrowse, hours, routing, identity, liveVisitors },
      });
      expect(await store.agentById({ agentId })).toMatchObject({
        name: 'Ada',
        avatar: null,
        availability: 'online',
      });
      expect(await store.team({ siteId })).toMatchObject([{ role: 'owner', capacity: null }]);
      expect(await store.visitorById({ siteId, visitorId })).toMatchObject({
        name: 'Anna \u0000',
        externalId: null,
        verified: false,
        attributes: {},
        mergedInto: null,
      });

      for (const id of [closedId, openId, silentId]) {
        const start = newConversation({ id, siteId, visitorId, createdAtMs: startMs });
        const state = await store.conversation({ conversationId: id });
        expect((await logOf(store, id)).reduce(applyEntry, start)).toEqual(state);
      }
      expect(await store.firstReplies({ siteId, sinceMs: startMs })).toEqual([1_000]);

      const ask = { siteIds: [siteId], agentId, filter: noFilter };
      expect(await store.inboxCounts(ask)).toEqual({
        mine: 0,
        unassigned: 2,
        all: 2,
        mentions: 0,
        snoozed: 0,
        closed: 1,
      });
      const all = await store.inbox({ ...ask, view: 'all', before: null, limit: 9 });
      expect(all.rows.map(({ conversation }) => conversation.id)).toEqual([openId, silentId]);

      const found = async (text: string) => await store.search({ siteIds: [siteId], text, beforeMs: null });
      expect((await found('oak stock')).messages).toMatchObject([{ conversationId: closedId, seq: 1 }]);
      expect((await found('anna')).customers).toMatchObject([{ visitor: { id: visitorId } }]);

      const closing = entryOf(closedId, { role: 'agent', id: agentId }, 'status', { status: 'closed' });
      const [again] = await store.append({ entries: [{ ...closing, clientId: closingId }] });
      expect(again).toMatchObject({ repeated: true, entry: { seq: 4, payload: { status: 'closed' } } });
    },
  );
});
