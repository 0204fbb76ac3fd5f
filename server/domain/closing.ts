import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import { isSatisfactionDue } from '../../shared/model/survey.ts';
import type { Appended, NewEntry, Store, StoredSender } from '../store/store.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedId } from './identifier.ts';

/**
 * One survey id and one client id for the conversation's whole life: those who close at the same moment cannot ask twice,
 * and a repeated request gets the entry of the first.
 */
const question = (conversationId: string) => {
  const surveyId = derivedId('survey', conversationId);
  return { surveyId, clientId: `asked-${surveyId}` };
};

/** What an earlier request with this client id has closed, and asked by it; null for a new request. */
export async function closedBefore(
  log: Pick<ConversationLog, 'written'>,
  conversation: ConversationState,
  by: { clientId: string; sender: StoredSender },
): Promise<{ entry: Entry; survey: Entry | null } | null> {
  const [entry] = (await log.written(conversation, by.sender, [by.clientId])) ?? [];
  if (entry?.kind !== 'status' || entry.payload.status !== 'closed') return null;
  const { clientId } = question(conversation.id);
  const [survey = null] = (await log.written(conversation, { role: 'system' }, [clientId])) ?? [];
  return { entry, survey: survey?.seq === entry.seq + 1 ? survey : null };
}

/**
 * Closes a conversation, by whoever does it, and asks the visitor the satisfaction question when it is due. `helps`: an
 * answer of an agent goes before it in the same step.
 */
export async function closingEntries(
  store: Pick<Store, 'satisfactionFacts'>,
  conversation: ConversationState,
  by: { clientId: string; sender: StoredSender; atMs: number; helps?: boolean },
): Promise<NewEntry[]> {
  const { clientId, sender, atMs, helps = false } = by;
  const conversationId = conversation.id;
  const closed: NewEntry = {
    conversationId,
    kind: 'status',
    clientId,
    sender,
    payload: { status: 'closed' },
    atMs,
  };
  if (conversation.survey.state === 'none') {
    const facts = await store.satisfactionFacts({ conversationId });
    const wasHelped = facts.wasHelped || (helps && conversation.firstMessageAtMs !== null);
    if (!isSatisfactionDue({ ...facts, wasHelped }, atMs).shown) return [closed];
  }
  const { surveyId, clientId: askedClientId } = question(conversationId);
  const asked: NewEntry = {
    conversationId,
    kind: 'survey',
    clientId: askedClientId,
    sender: { role: 'system' },
    payload: { event: 'asked', surveyId },
    atMs,
  };
  return [closed, asked];
}

/** The question, if this closing has asked it and not one before. */
export function askedNow(survey: Appended | undefined): Entry | null {
  return survey && !survey.repeated ? survey.entry : null;
}
