import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { CobrowseSummary } from '../../shared/model/cobrowse-summary.ts';
import type { Entry, FormAnswer } from '../../shared/model/conversation.ts';
import { type MessageView, messageViews } from '../../shared/model/message-view.ts';
import type { PendingMessage } from '../outbox.ts';
import { daysBetween } from '../ui/time-words.ts';
import { type EventFacts, type EventKind, lineOf, newStanding, senderName } from './event-words.ts';

/** Messages of one sender within this time stand under one name. */
const groupMs = 5 * 60_000;

export type Delivery = 'sent' | 'delivered' | 'read' | 'sending' | 'waiting' | 'failed';

export interface MessageItem {
  type: 'message';
  key: string;
  /** Null while it is on its way. */
  seq: number | null;
  /** A note is for agents only. */
  kind: 'message' | 'note';
  text: string;
  files: readonly ChatFile[];
  mentions: readonly string[];
  atMs: number;
  editedAtMs: number | null;
  isDeleted: boolean;
  side: 'visitor' | 'agent';
  senderId: string;
  isMine: boolean;
  name: string;
  color: string | null;
  /** First of a group: the name stands above it. */
  first: boolean;
  /** Null for the visitor's messages and for notes that are in the log. */
  delivery: Delivery | null;
  /** The delivery is written out under the last message of our side, and wherever something is not sent. */
  showsDelivery: boolean;
  pending: PendingMessage | null;
}

export interface LineItem {
  type: 'line';
  key: string;
  atMs: number;
  kind: EventKind;
  words: string;
  /** What the visitor wrote beside a score. */
  comment: string;
}

/** What the visitor filled in before the first message. */
export interface FormItem {
  type: 'form';
  key: string;
  atMs: number;
  fields: readonly FormAnswer[];
  consent: string | null;
}

/** What there is to remember of a co-browse session. */
export interface CobrowseItem {
  type: 'cobrowse';
  key: string;
  atMs: number;
  sessionId: string;
  summary: CobrowseSummary;
  /** There is a recording, as far as the log tells. */
  hasRecording: boolean;
}

export type TimelineItem =
  | { type: 'day'; key: string; atMs: number }
  | { type: 'unread'; key: string }
  | LineItem
  | FormItem
  | CobrowseItem
  | MessageItem;

export interface TimelineFacts extends Omit<EventFacts, 'meId'> {
  entries: readonly Entry[];
  /** Edits and deletions that the log does not hold yet. */
  changes: readonly Entry[];
  pending: readonly PendingMessage[];
  me: { id: string; name: string; color: string };
  visitorReadSeq: number;
  visitorDeliveredSeq: number;
  /** First message that was unread when the conversation was opened. */
  unreadFromSeq: number | null;
}

/** What stands in the conversation, from the log and from what is on its way. */
export function timeline(facts: TimelineFacts): TimelineItem[] {
  const { entries, changes, pending, me, visitorName } = facts;
  const items: TimelineItem[] = [];
  const landed = new Set<string>();
  const views = messageViews([...entries, ...changes]);
  const eventFacts: EventFacts = { ...facts, meId: me.id };
  const standing = newStanding();
  const deletedRecordings = new Set(
    entries.flatMap(({ kind, payload }) =>
      kind === 'cobrowse' && payload.event === 'recording_deleted' ? [payload.sessionId] : [],
    ),
  );
  const unreadFromSeq = isAnswered(facts) ? null : facts.unreadFromSeq;
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
    const view = views.get(entry.seq);
    if (view) {
      if (view.sender.role === 'system') continue;
      if (view.sender.id === me.id) landed.add(view.clientId);
      if (view.seq === unreadFromSeq) {
        startDay(view.atMs);
        items.push({ type: 'unread', key: 'unread' });
        group = null;
      }
      addMessage(messageOf(view, view.sender, facts), `${view.kind} ${view.sender.id}`);
      continue;
    }
    const key = `seq ${entry.seq}`;
    if (entry.kind === 'form') {
      startDay(entry.atMs);
      group = null;
      items.push({ type: 'form', key, atMs: entry.atMs, ...entry.payload });
      continue;
    }
    if (entry.kind === 'cobrowse' && entry.payload.event === 'summary') {
      const { sessionId, summary } = entry.payload;
      startDay(entry.atMs);
      group = null;
      const hasRecording = summary.isRecorded && !deletedRecordings.has(sessionId);
      items.push({ type: 'cobrowse', key, atMs: entry.atMs, sessionId, summary, hasRecording });
      continue;
    }
    const line = lineOf(entry, standing, eventFacts);
    if (line === null) continue;
    startDay(entry.atMs);
    group = null;
    items.push({ type: 'line', key, atMs: entry.atMs, ...line });
  }

  const lastSent = items
    .filter((item) => item.type === 'message' && item.delivery !== null && !item.isDeleted)
    .at(-1);
  if (lastSent?.type === 'message') lastSent.showsDelivery = true;

  for (const message of pending) {
    if (landed.has(message.clientId)) continue;
    addMessage(
      {
        key: `own ${message.clientId}`,
        seq: null,
        kind: message.kind,
        text: message.text,
        files: message.files,
        mentions: message.mentions,
        atMs: message.writtenAtMs,
        editedAtMs: null,
        isDeleted: false,
        side: 'agent',
        senderId: me.id,
        isMine: true,
        name: senderName({ role: 'agent', ...me }, me.id, visitorName),
        color: me.color,
        delivery: message.state.phase,
        pending: message,
      },
      `${message.kind} ${me.id}`,
    );
  }
  return items;
}

function messageOf(
  view: MessageView,
  sender: Exclude<MessageView['sender'], { role: 'system' }>,
  { me, visitorName, visitorReadSeq, visitorDeliveredSeq }: TimelineFacts,
): Omit<MessageItem, 'type' | 'first' | 'showsDelivery'> {
  const byAgent = sender.role === 'agent';
  const { seq, kind, text, files, mentions, atMs, editedAtMs, isDeleted } = view;
  const delivery = seq <= visitorReadSeq ? 'read' : seq <= visitorDeliveredSeq ? 'delivered' : 'sent';
  return {
    // The id of the text, so that the drawn message stays when it turns from pending to sent.
    key: byAgent ? `own ${view.clientId}` : `seq ${seq}`,
    seq,
    kind,
    text,
    files,
    mentions,
    atMs,
    editedAtMs,
    isDeleted,
    side: sender.role,
    senderId: sender.id,
    isMine: sender.id === me.id,
    name: senderName(sender, me.id, visitorName),
    color: byAgent ? sender.color : null,
    delivery: byAgent && kind === 'message' ? delivery : null,
    pending: null,
  };
}

/** The agent has answered what was new: the mark has done its work. */
function isAnswered({ entries, pending, me, unreadFromSeq }: TimelineFacts): boolean {
  if (unreadFromSeq === null) return false;
  const isOwn = (entry: Entry) =>
    entry.kind === 'message' && entry.sender.role === 'agent' && entry.sender.id === me.id;
  return (
    pending.some(({ kind }) => kind === 'message') ||
    entries.some((entry) => entry.seq > unreadFromSeq && isOwn(entry))
  );
}
