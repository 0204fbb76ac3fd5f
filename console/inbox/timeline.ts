import type { CobrowseEndReason } from '../../shared/model/cobrowse.ts';
import type { Entry, Sender } from '../../shared/model/conversation.ts';
import type { PendingMessage } from '../outbox.ts';
import { daysBetween, spanWords } from '../ui/time-words.ts';

/** Messages of one sender within this time stand under one name. */
const groupMs = 5 * 60_000;

export type Delivery = 'sent' | 'read' | 'sending' | 'waiting' | 'failed';

export interface MessageItem {
  type: 'message';
  key: string;
  text: string;
  atMs: number;
  side: 'visitor' | 'agent';
  name: string;
  color: string | null;
  /** First of a group: the name stands above it. */
  first: boolean;
  /** Null for the visitor's messages. */
  delivery: Delivery | null;
  /** The delivery is written under the last message of our side, and wherever something is not sent. */
  showsDelivery: boolean;
  pending: PendingMessage | null;
}

export interface LineItem {
  type: 'line';
  key: string;
  atMs: number;
  kind: 'status' | 'assignment' | 'survey' | 'cobrowse';
  words: string;
  /** What the visitor wrote beside a score. */
  comment: string;
}

export type TimelineItem =
  | { type: 'day'; key: string; atMs: number }
  | { type: 'unread'; key: string }
  | LineItem
  | MessageItem;

export interface TimelineFacts {
  entries: readonly Entry[];
  pending: readonly PendingMessage[];
  me: { id: string; name: string; color: string };
  visitorName: string;
  visitorReadSeq: number;
  /** First message that was unread when the conversation was opened. */
  unreadFromSeq: number | null;
}

/** What stands in the conversation, from the log and from what is on its way. */
export function timeline(facts: TimelineFacts): TimelineItem[] {
  const { entries, pending, me, visitorName, visitorReadSeq, unreadFromSeq } = facts;
  const items: TimelineItem[] = [];
  const landed = new Set<string>();
  let day: number | null = null;
  let group: { key: string; atMs: number } | null = null;

  function startDay(atMs: number) {
    if (day !== null && daysBetween(day, atMs) === 0) return;
    day = atMs;
    group = null;
    items.push({ type: 'day', key: `day ${atMs}`, atMs });
  }
  function addMessage(message: Omit<MessageItem, 'type' | 'first' | 'showsDelivery'>, senderKey: string) {
    startDay(message.atMs);
    const first = group === null || group.key !== senderKey || message.atMs - group.atMs > groupMs;
    group = { key: senderKey, atMs: message.atMs };
    items.push({ type: 'message', ...message, first, showsDelivery: message.pending !== null });
  }

  for (const entry of entries) {
    const key = `seq ${entry.seq}`;
    if (entry.kind === 'message') {
      if (entry.sender.role === 'system') continue;
      const byAgent = entry.sender.role === 'agent';
      if (byAgent && entry.sender.id === me.id) landed.add(entry.clientId);
      if (entry.seq === unreadFromSeq) {
        startDay(entry.atMs);
        items.push({ type: 'unread', key: 'unread' });
        group = null;
      }
      addMessage(
        {
          // The id of the text, so that the drawn message stays when it turns from pending to sent.
          key: byAgent ? `own ${entry.clientId}` : key,
          text: entry.payload.text,
          atMs: entry.atMs,
          side: entry.sender.role,
          name: byAgent ? senderName(entry.sender, me.id, visitorName) : visitorName,
          color: entry.sender.role === 'agent' ? entry.sender.color : null,
          delivery: byAgent ? (entry.seq <= visitorReadSeq ? 'read' : 'sent') : null,
          pending: null,
        },
        entry.sender.id,
      );
      continue;
    }
    const line = lineOf(entry, me.id, visitorName);
    if (line === null) continue;
    startDay(entry.atMs);
    group = null;
    items.push({ type: 'line', key, atMs: entry.atMs, ...line });
  }

  const sent = items.filter((item) => item.type === 'message' && item.side === 'agent').at(-1);
  if (sent?.type === 'message') sent.showsDelivery = true;

  for (const message of pending) {
    if (landed.has(message.clientId)) continue;
    addMessage(
      {
        key: `own ${message.clientId}`,
        text: message.text,
        atMs: message.writtenAtMs,
        side: 'agent',
        name: 'You',
        color: me.color,
        delivery: message.state.phase,
        pending: message,
      },
      me.id,
    );
  }
  return items;
}

function senderName(sender: Sender, meId: string, visitorName: string): string {
  if (sender.role === 'visitor') return visitorName;
  if (sender.role === 'system') return 'Rapport';
  return sender.id === meId ? 'You' : sender.name;
}

const endWords: Record<CobrowseEndReason, (visitor: string) => string> = {
  declined: (visitor) => `${visitor} declined to share the page`,
  visitor_stopped: (visitor) => `${visitor} stopped sharing`,
  agent_stopped: () => 'Co-browsing was stopped by an agent',
  request_expired: (visitor) => `${visitor} did not answer the request to see the page`,
  visitor_gone: (visitor) => `Co-browsing ended: ${visitor} did not come back`,
  withdrawn: () => 'The request to see the page was withdrawn',
};

/** An entry that is not a message, in words; null for entries that are not shown. */
function lineOf(
  entry: Exclude<Entry, { kind: 'message' }>,
  meId: string,
  visitorName: string,
): Pick<LineItem, 'kind' | 'words' | 'comment'> | null {
  const who = senderName(entry.sender, meId, visitorName);
  const line = (kind: LineItem['kind'], words: string, comment = '') => ({ kind, words, comment });
  switch (entry.kind) {
    case 'read':
      return null;
    case 'status': {
      const verb = entry.payload.status === 'resolved' ? 'resolved' : 'reopened';
      return line(
        'status',
        entry.sender.role === 'system' ? `The conversation was ${verb}` : `${who} ${verb} the conversation`,
      );
    }
    case 'assignment': {
      const { agentId, agentName } = entry.payload;
      if (agentId === null) return line('assignment', `${who} took the assignment off`);
      if (entry.sender.role === 'agent' && entry.sender.id === agentId) {
        return line('assignment', `${who} took the conversation`);
      }
      return line(
        'assignment',
        `${who} assigned ${agentId === meId ? 'you' : (agentName ?? 'a former agent')}`,
      );
    }
    case 'survey': {
      const { payload } = entry;
      if (payload.event === 'asked') return line('survey', `${visitorName} was asked for feedback`);
      if (payload.event === 'dismissed')
        return line('survey', `${visitorName} closed the question without an answer`);
      return line('survey', `${visitorName} rated the help ${payload.score} of 5`, payload.comment);
    }
    case 'cobrowse': {
      const { payload } = entry;
      switch (payload.event) {
        case 'requested':
          return line('cobrowse', `${who} asked to see the page`);
        case 'offered':
          return line('cobrowse', `${visitorName} offers to show the page`);
        case 'accepted':
          return line('cobrowse', `${visitorName} agreed to share the page`);
        case 'started':
          return line('cobrowse', 'Co-browsing started');
        case 'ended': {
          const lasted = payload.durationMs > 0 ? ` after ${spanWords(payload.durationMs)}` : '';
          return line('cobrowse', `${endWords[payload.reason](visitorName)}${lasted}`);
        }
      }
    }
  }
}
