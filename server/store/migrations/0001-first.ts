import { type Migration, sql } from 'kysely';
import type { ColumnTypes } from './column-types.ts';

/**
 * Foreign keys carry the site along: a conversation cannot belong to another site's visitor, nor a co-browse session
 * or an answer to another site's conversation. To erase a visitor is to delete one row.
 */
export const first = ({ key, bigNumber, tableEnd }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('meta')
      .addColumn('name', key, (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();

    await db.schema
      .createTable('sites')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('key', key, (column) => column.notNull().unique())
      .addColumn('settings', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', bigNumber, (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();

    await db.schema
      .createTable('agents')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('email', key, (column) => column.notNull().unique())
      .addColumn('card', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();

    await db.schema
      .createTable('memberships')
      .addColumn('site_id', key, (column) => column.notNull().references('sites.id').onDelete('cascade'))
      .addColumn('agent_id', key, (column) => column.notNull().references('agents.id').onDelete('cascade'))
      .addColumn('role', key, (column) => column.notNull())
      .addPrimaryKeyConstraint('memberships_pk', ['site_id', 'agent_id'])
      .modifyEnd(tableEnd)
      .execute();
    await db.schema.createIndex('memberships_by_agent').on('memberships').column('agent_id').execute();

    await db.schema
      .createTable('agent_sessions')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('agent_id', key, (column) => column.notNull().references('agents.id').onDelete('cascade'))
      .addColumn('expires_at_ms', bigNumber, (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();
    await db.schema.createIndex('agent_sessions_by_agent').on('agent_sessions').column('agent_id').execute();

    await db.schema
      .createTable('agent_tokens')
      .addColumn('token_hash', key, (column) => column.primaryKey().notNull())
      .addColumn('session_id', key, (column) =>
        column.notNull().references('agent_sessions.id').onDelete('cascade'),
      )
      .addColumn('replaced_at_ms', bigNumber)
      .modifyEnd(tableEnd)
      .execute();
    await db.schema.createIndex('agent_tokens_by_session').on('agent_tokens').column('session_id').execute();

    await db.schema
      .createTable('visitors')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('site_id', key, (column) => column.notNull().references('sites.id'))
      .addColumn('token_hash', key, (column) => column.notNull())
      .addColumn('profile', 'text', (column) => column.notNull())
      .addColumn('first_seen_ms', bigNumber, (column) => column.notNull())
      .addColumn('last_seen_ms', bigNumber, (column) => column.notNull())
      .addUniqueConstraint('visitors_token', ['site_id', 'token_hash'])
      .addUniqueConstraint('visitors_of_site', ['site_id', 'id'])
      .modifyEnd(tableEnd)
      .execute();

    await db.schema
      .createTable('conversations')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('site_id', key, (column) => column.notNull())
      .addColumn('visitor_id', key, (column) => column.notNull())
      .addColumn('start_client_id', key, (column) => column.notNull())
      .addColumn('start_hash', key, (column) => column.notNull())
      .addColumn('created_at_ms', bigNumber, (column) => column.notNull())
      .addColumn('status', key, (column) => column.notNull())
      .addColumn('last_seq', bigNumber, (column) => column.notNull())
      .addColumn('last_activity_ms', bigNumber, (column) => column.notNull())
      .addColumn('changed_at_ms', bigNumber, (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addUniqueConstraint('conversations_start', ['visitor_id', 'start_client_id'])
      .addUniqueConstraint('conversations_of_visitor', ['site_id', 'visitor_id', 'id'])
      .addForeignKeyConstraint(
        'conversations_visitor',
        ['site_id', 'visitor_id'],
        'visitors',
        ['site_id', 'id'],
        (constraint) => constraint.onDelete('cascade'),
      )
      .modifyEnd(tableEnd)
      .execute();
    await db.schema
      .createIndex('conversations_inbox')
      .on('conversations')
      .columns(['site_id', 'status', 'last_activity_ms', 'id'])
      .execute();
    await db.schema
      .createIndex('conversations_heads')
      .on('conversations')
      .columns(['site_id', 'changed_at_ms'])
      .execute();

    await db.schema
      .createTable('entries')
      .addColumn('conversation_id', key, (column) =>
        column.notNull().references('conversations.id').onDelete('cascade'),
      )
      .addColumn('seq', bigNumber, (column) => column.notNull())
      .addColumn('sender_role', key, (column) => column.notNull())
      .addColumn('sender_key', key, (column) => column.notNull())
      .addColumn('client_id', key, (column) => column.notNull())
      .addColumn('kind', key, (column) => column.notNull())
      .addColumn('body_hash', key, (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('at_ms', bigNumber, (column) => column.notNull())
      .addPrimaryKeyConstraint('entries_pk', ['conversation_id', 'seq'])
      .addUniqueConstraint('entries_once', ['conversation_id', 'sender_key', 'client_id'])
      .modifyEnd(tableEnd)
      .execute();

    await db.schema
      .createTable('satisfaction')
      .addColumn('conversation_id', key, (column) => column.notNull())
      .addColumn('survey_id', key, (column) => column.notNull())
      .addColumn('site_id', key, (column) => column.notNull())
      .addColumn('visitor_id', key, (column) => column.notNull())
      .addColumn('agent_id', key, (column) => column.references('agents.id').onDelete('set null'))
      .addColumn('outcome', key, (column) => column.notNull())
      .addColumn('score', 'integer')
      .addColumn('comment', 'text')
      .addColumn('at_ms', bigNumber, (column) => column.notNull())
      .addPrimaryKeyConstraint('satisfaction_pk', ['conversation_id', 'survey_id'])
      .addForeignKeyConstraint(
        'satisfaction_conversation',
        ['site_id', 'visitor_id', 'conversation_id'],
        'conversations',
        ['site_id', 'visitor_id', 'id'],
        (constraint) => constraint.onDelete('cascade'),
      )
      .modifyEnd(tableEnd)
      .execute();
    await db.schema
      .createIndex('satisfaction_results')
      .on('satisfaction')
      .columns(['site_id', 'at_ms'])
      .execute();
    await db.schema
      .createIndex('satisfaction_of_visitor')
      .on('satisfaction')
      .columns(['site_id', 'visitor_id'])
      .execute();

    await db.schema
      .createTable('cobrowse_sessions')
      .addColumn('id', key, (column) => column.primaryKey().notNull())
      .addColumn('site_id', key, (column) => column.notNull())
      .addColumn('conversation_id', key, (column) => column.notNull())
      .addColumn('visitor_id', key, (column) => column.notNull())
      .addColumn('phase', key, (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', bigNumber, (column) => column.notNull())
      .addForeignKeyConstraint(
        'cobrowse_conversation',
        ['site_id', 'visitor_id', 'conversation_id'],
        'conversations',
        ['site_id', 'visitor_id', 'id'],
        (constraint) => constraint.onDelete('cascade'),
      )
      .modifyEnd(tableEnd)
      .execute();
    await db.schema
      .createIndex('cobrowse_one_open')
      .unique()
      .on('cobrowse_sessions')
      .column('visitor_id')
      .where(sql<boolean>`phase <> 'ended'`)
      .execute();
    await db.schema
      .createIndex('cobrowse_of_conversation')
      .on('cobrowse_sessions')
      .columns(['site_id', 'visitor_id', 'conversation_id'])
      .execute();
  },
});
