import type { Availability } from '../../shared/model/agent.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import { plainText } from '../../shared/model/message-format.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';

/** Why something is told: the agent is mentioned, was given it, has it already, or nobody has it and the agent is there. */
export type NoticeReason = 'mention' | 'assigned' | 'own' | 'unassigned';

/** What is older than this was missed while the line was down: the list shows it, no notice does. */
export const noticeFadesMs = 60_000;

export interface Listener {
  agentId: string;
  availability: Availability;
  /** The server's clock. */
  nowMs: number;
}

/** Whether an entry is worth a notice to this agent; `unknown` until the row of its conversation is known. */
export function entryNotice(
  entry: Entry,
  row: InboxRow | null,
  { agentId, availability, nowMs }: Listener,
): NoticeReason | 'unknown' | null {
  if (nowMs - entry.atMs > noticeFadesMs) return null;
  if (entry.sender.role === 'agent' && entry.sender.id === agentId) return null;
  if (entry.kind === 'note') return entry.payload.mentions.includes(agentId) ? 'mention' : null;
  if (entry.kind === 'assignment') return entry.payload.agentId === agentId ? 'assigned' : null;
  if (entry.kind !== 'message' || entry.sender.role !== 'visitor') return null;
  if (row === null) return 'unknown';
  return waitingNotice(row, { agentId, availability });
}

/** Whether a conversation that waits for an answer is worth a notice to this agent. */
export function waitingNotice(
  { conversation }: InboxRow,
  { agentId, availability }: Pick<Listener, 'agentId' | 'availability'>,
): NoticeReason | null {
  if (conversation.status !== 'open' || conversation.waitingSinceMs === null) return null;
  if (conversation.assignee?.id === agentId) return 'own';
  return conversation.assignee === null && availability === 'online' ? 'unassigned' : null;
}

/** Title and text of a notice. */
export function noticeWords(
  reason: NoticeReason,
  row: InboxRow | null,
  entry: Entry | null,
): { title: string; body: string } {
  const visitor = row ? visitorName(row.visitor) : 'a visitor';
  const by = entry?.sender.role === 'agent' ? entry.sender.name : null;
  const said =
    entry?.kind === 'message' || entry?.kind === 'note'
      ? entry.payload.text || (entry.payload.files ?? []).map(({ name }) => name).join(', ')
      : (row?.conversation.lastMessage?.preview ?? '');
  const words = plainText(said);
  const body = words.length > 140 ? `${words.slice(0, 139)}…` : words;
  switch (reason) {
    case 'mention':
      return { title: `${by ?? 'A colleague'} mentions you`, body };
    case 'assigned':
      return {
        title: `${visitor} is yours now`,
        body: by === null ? body : `Assigned by ${by}. ${body}`.trim(),
      };
    case 'own':
      return { title: visitor, body };
    case 'unassigned':
      return { title: `New: ${visitor}`, body };
  }
}
