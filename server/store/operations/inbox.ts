import { type RawBuilder, sql } from 'kysely';
import { maxInboxCount } from '../../../shared/limits.ts';
import {
  type InboxCounts,
  type InboxFilter,
  type InboxView,
  inboxViews,
} from '../../../shared/model/inbox.ts';
import type { ArgsOf } from '../calls.ts';
import type { ConversationTable, Db } from '../schema.ts';
import type { InboxPage } from '../store.ts';
import { stateOf } from './conversations.ts';
import { planEachTime } from './dialect.ts';
import { type VisitorRow, visitorColumns, visitorOf } from './visitors.ts';

/**
 * Up to so many conversations with a label are looked up and sorted; of a label on more, any stretch of the inbox holds
 * enough of them to be walked in order.
 */
const rareLabelCount = 500;

/** One view of one site. */
interface SiteView {
  siteId: string;
  view: InboxView;
  agentId: string;
  filter: InboxFilter;
  /** The label by which the conversations are looked up; null: the view's own index is walked. */
  rareLabelId: string | null;
}

/**
 * `from … where …` of the conversations in a view: what `isInView` and `matchesFilter` say, for an index. A cross join
 * keeps SQLite to the order in which the tables are named.
 */
function conversationsOf({ siteId, view, agentId, filter, rareLabelId }: SiteView): RawBuilder<unknown> {
  const from: RawBuilder<unknown>[] = [];
  const where: RawBuilder<unknown>[] = [sql`conversations.site_id = ${siteId}`];
  if (view === 'mentions') {
    from.push(sql`conversation_mentions as mention`);
    where.push(sql`mention.agent_id = ${agentId}`, sql`conversations.id = mention.conversation_id`);
  } else {
    where.push(sql`conversations.status = ${view === 'snoozed' || view === 'closed' ? view : 'open'}`);
  }
  if (view === 'mine') where.push(sql`conversations.assignee_id = ${agentId}`);
  if (view === 'unassigned') where.push(sql`conversations.assignee_id = ''`);
  if (filter.teamId !== null) where.push(sql`conversations.team_id = ${filter.teamId}`);
  if (filter.verifiedOnly) where.push(sql`conversations.is_verified = 1`);
  for (const labelId of new Set(filter.labelIds)) {
    if (labelId === rareLabelId && view !== 'mentions') {
      from.push(sql`conversation_labels as rare`);
      where.push(sql`rare.label_id = ${labelId}`, sql`conversations.id = rare.conversation_id`);
    } else {
      where.push(sql`exists (
        select 1 from conversation_labels as label
        where label.label_id = ${labelId} and label.conversation_id = conversations.id)`);
    }
  }
  from.push(sql`conversations`);
  return sql`from ${sql.join(from, sql` cross join `)} where ${sql.join(where, sql` and `)}`;
}

type Row = VisitorRow &
  Pick<ConversationTable, 'queue_key' | 'state'> & {
    conversation_id: string;
  };

async function sitePage(
  db: Db,
  siteView: SiteView,
  before: { key: number; id: string } | null,
  limit: number,
): Promise<Row[]> {
  const after =
    before === null
      ? sql``
      : sql`and conversations.queue_key >= ${before.key}
          and (conversations.queue_key > ${before.key} or conversations.id < ${before.id})`;
  const { rows } = await sql<Row>`
    select page.id as conversation_id, page.queue_key, page.state,
      ${sql.join(visitorColumns.map((column) => selected(column)))}
    from (
      select conversations.id, conversations.queue_key, conversations.state, conversations.visitor_id
      ${conversationsOf(siteView)} ${after}
      order by conversations.queue_key, conversations.id desc limit ${limit}
    ) as page
    cross join visitors
    left join visitors as target on target.id = visitors.merged_into
    where visitors.id = page.visitor_id
    order by page.queue_key, page.id desc`.execute(db);
  return rows;
}

function selected(column: (typeof visitorColumns)[number]): RawBuilder<unknown> {
  const [name = '', as] = column.split(' as ');
  return as === undefined ? sql`${sql.ref(name)}` : sql`${sql.ref(name)} as ${sql.ref(as)}`;
}

/** One indexed query a site; their pages are merged, because an order over several sites has no index. */
export async function inbox(
  db: Db,
  { siteIds, view, agentId, filter, before, limit }: ArgsOf<'inbox'>,
): Promise<InboxPage> {
  await planEachTime(db);
  const rareLabelId = await rareLabel(db, filter);
  const found: Row[] = [];
  for (const siteId of new Set(siteIds)) {
    found.push(...(await sitePage(db, { siteId, view, agentId, filter, rareLabelId }, before, limit + 1)));
  }
  found.sort((a, b) => a.queue_key - b.queue_key || (a.conversation_id > b.conversation_id ? -1 : 1));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(inboxRowOf),
    cursor: last && found.length > limit ? { key: last.queue_key, id: last.conversation_id } : null,
  };
}

const inboxRowOf = (row: VisitorRow & Pick<ConversationTable, 'state'>): InboxPage['rows'][number] => ({
  conversation: stateOf(row),
  visitor: visitorOf(row),
});

export async function inboxCounts(
  db: Db,
  { siteIds, agentId, filter }: ArgsOf<'inboxCounts'>,
): Promise<InboxCounts> {
  await planEachTime(db);
  const rareLabelId = await rareLabel(db, filter);
  const counts: InboxCounts = { mine: 0, unassigned: 0, all: 0, mentions: 0, snoozed: 0, closed: 0 };
  for (const view of inboxViews) {
    for (const siteId of new Set(siteIds)) {
      const left = maxInboxCount - counts[view];
      if (left > 0) counts[view] += await countUpTo(db, left, { siteId, view, agentId, filter, rareLabelId });
    }
  }
  return counts;
}

async function countUpTo(db: Db, limit: number, siteView: SiteView): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select 1 ${conversationsOf(siteView)} limit ${limit}) as counted`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The first label of the filter that few conversations have. */
async function rareLabel(db: Db, { labelIds }: InboxFilter): Promise<string | null> {
  for (const labelId of labelIds) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from (
        select 1 from conversation_labels where label_id = ${labelId} limit ${rareLabelCount + 1}
      ) as labelled`.execute(db);
    if ((rows[0]?.count ?? 0) <= rareLabelCount) return labelId;
  }
  return null;
}

export async function inboxRow(
  db: Db,
  { conversationId }: ArgsOf<'inboxRow'>,
): Promise<InboxPage['rows'][number] | null> {
  const row = await db
    .selectFrom('conversations')
    .innerJoin('visitors', 'visitors.id', 'conversations.visitor_id')
    .leftJoin('visitors as target', 'target.id', 'visitors.merged_into')
    .select(['conversations.state', ...visitorColumns])
    .where('conversations.id', '=', conversationId)
    .executeTakeFirst();
  return row ? inboxRowOf(row) : null;
}
