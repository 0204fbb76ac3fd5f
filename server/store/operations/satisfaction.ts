import { sql } from 'kysely';
import { RapportError } from '../../../shared/errors.ts';
import type { AgentCard } from '../../../shared/model/agent.ts';
import type { ConversationState, EntryPayloads } from '../../../shared/model/conversation.ts';
import type { SatisfactionFacts } from '../../../shared/model/survey.ts';
import type { SatisfactionAnswer } from '../../../shared/wire.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import { shownName, shownNameColumns } from './visitors.ts';

const newestAnswers = 100;

/** Keeps the outcome of a question in step with its entries; the newest entry counts, as in `applyEntry`. */
export async function recordSurvey(
  db: Db,
  state: ConversationState,
  payload: EntryPayloads['survey'],
  atMs: number,
): Promise<void> {
  const outcome = {
    outcome: payload.event,
    score: payload.event === 'answered' ? payload.score : null,
    comment: payload.event === 'answered' ? JSON.stringify(payload.comment) : null,
    at_ms: atMs,
  };
  await db
    .insertInto('satisfaction')
    .values({
      conversation_id: state.id,
      survey_id: payload.surveyId,
      site_id: state.siteId,
      visitor_id: state.visitorId,
      agent_id: await helperOf(db, state),
      ...outcome,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'survey_id']).doUpdateSet(outcome))
    .execute();
}

async function helperOf(db: Db, state: ConversationState): Promise<string | null> {
  const lastWriter = await db
    .selectFrom('entries')
    .select('sender_key')
    .where('conversation_id', '=', state.id)
    .where('kind', '=', 'message')
    .where('sender_role', '=', 'agent')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return lastWriter?.sender_key ?? state.assignee?.id ?? null;
}

export async function satisfactionFacts(
  db: Db,
  { conversationId }: ArgsOf<'satisfactionFacts'>,
): Promise<SatisfactionFacts> {
  const row = await db
    .selectFrom('conversations')
    .select('state')
    .where('id', '=', conversationId)
    .executeTakeFirst();
  if (!row) throw new RapportError('not_found');
  const state: ConversationState = JSON.parse(row.state);
  const questions = await db
    .selectFrom('satisfaction')
    .select(['conversation_id', 'outcome', 'at_ms'])
    .where('site_id', '=', state.siteId)
    .where('visitor_id', '=', state.visitorId)
    .execute();
  const visitorMessage = await db
    .selectFrom('entries')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('kind', '=', 'message')
    .where('sender_role', '=', 'visitor')
    .limit(1)
    .executeTakeFirst();
  const here = questions.filter((question) => question.conversation_id === conversationId);
  const answeredAtMs = questions.flatMap(({ outcome, at_ms }) => (outcome === 'answered' ? [at_ms] : []));
  return {
    askedInConversation: here.length > 0,
    everDismissed: questions.some(({ outcome }) => outcome === 'dismissed'),
    openElsewhere: questions.some(
      (question) => question.conversation_id !== conversationId && question.outcome === 'asked',
    ),
    lastAnsweredAtMs: answeredAtMs.length > 0 ? Math.max(...answeredAtMs) : null,
    wasHelped: visitorMessage !== undefined && state.hasAgentReply,
  };
}

/**
 * One set of questions for every figure: those asked, answered or dismissed since `fromMs`. So answers and dismissals
 * never outnumber what was asked, and the response rate stays at most 1.
 */
export async function satisfactionResults(
  db: Db,
  { siteId, fromMs }: ArgsOf<'satisfactionResults'>,
): Promise<ResultOf<'satisfactionResults'>> {
  const groups = await db
    .selectFrom('satisfaction')
    .select(['outcome', 'score', sql<number>`count(*)`.as('count')])
    .where('site_id', '=', siteId)
    .where('at_ms', '>=', fromMs)
    .groupBy(['outcome', 'score'])
    .execute();
  const countOf = (outcome: string, score: number | null) =>
    groups.find((group) => group.outcome === outcome && group.score === score)?.count ?? 0;
  return {
    distribution: [
      countOf('answered', 1),
      countOf('answered', 2),
      countOf('answered', 3),
      countOf('answered', 4),
      countOf('answered', 5),
    ],
    asked: groups.reduce((sum, { count }) => sum + count, 0),
    dismissed: countOf('dismissed', null),
    answers: await answersSince(db, siteId, fromMs),
  };
}

async function answersSince(db: Db, siteId: string, fromMs: number): Promise<SatisfactionAnswer[]> {
  const rows = await db
    .selectFrom('satisfaction')
    .innerJoin('visitors', 'visitors.id', 'satisfaction.visitor_id')
    .leftJoin('visitors as target', 'target.id', 'visitors.merged_into')
    .leftJoin('agents', 'agents.id', 'satisfaction.agent_id')
    .select([
      'satisfaction.conversation_id',
      'satisfaction.score',
      'satisfaction.comment',
      'satisfaction.at_ms',
      'agents.card',
    ])
    .select(shownNameColumns)
    .where('satisfaction.site_id', '=', siteId)
    .where('satisfaction.at_ms', '>=', fromMs)
    .where('satisfaction.outcome', '=', 'answered')
    .orderBy('satisfaction.at_ms', 'desc')
    .orderBy('satisfaction.conversation_id', 'desc')
    .limit(newestAnswers)
    .execute();
  return rows.flatMap((row) => {
    const { conversation_id, score, comment, at_ms, card } = row;
    if (score === null || comment === null) return [];
    const agent: Pick<AgentCard, 'name'> | null = card === null ? null : JSON.parse(card);
    const commentText: string = JSON.parse(comment);
    return {
      conversationId: conversation_id,
      visitorName: shownName(row),
      agentName: agent?.name ?? null,
      score,
      comment: commentText,
      atMs: at_ms,
    };
  });
}
