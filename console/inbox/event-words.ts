import type { CobrowseEndReason } from '../../shared/model/cobrowse.ts';
import type { ConversationStatus, Entry, EntryPayloads, Sender } from '../../shared/model/conversation.ts';
import { priorityWords } from '../priority-words.ts';
import { spanWords } from '../ui/time-words.ts';

export type EventKind = 'status' | 'snooze' | 'assignment' | 'labels' | 'priority' | 'survey' | 'cobrowse';

export interface EventFacts {
  meId: string;
  visitorName: string;
  /** Names of labels by id. */
  labelNames: ReadonlyMap<string, string>;
  /** A time in words, e.g. "15 October 2026 at 09:00". */
  timeWords(atMs: number): string;
}

/** Where the conversation stood before an entry, as far as the entries tell; undefined: not known. */
export interface Standing {
  status: ConversationStatus | undefined;
  agentId: string | null | undefined;
  teamId: string | null | undefined;
}

export function newStanding(): Standing {
  return { status: undefined, agentId: undefined, teamId: undefined };
}

export interface EventLine {
  kind: EventKind;
  words: string;
  comment: string;
}

export function senderName(sender: Sender, meId: string, visitorName: string): string {
  if (sender.role === 'visitor') return visitorName;
  if (sender.role === 'system') return 'Rapport';
  return sender.id === meId ? 'You' : sender.name;
}

/** An entry that is no message, in words, and `standing` moved past it; null for entries that are not shown. */
export function lineOf(entry: Entry, standing: Standing, facts: EventFacts): EventLine | null {
  const who = senderName(entry.sender, facts.meId, facts.visitorName);
  const bySystem = entry.sender.role === 'system';
  const line = (kind: EventKind, words: string, comment = '') => ({ kind, words, comment });
  switch (entry.kind) {
    case 'status': {
      const { payload } = entry;
      const before = standing.status;
      standing.status = payload.status;
      if (payload.status === 'snoozed') {
        return line('snooze', `${who} snoozed the conversation until ${facts.timeWords(payload.untilMs)}`);
      }
      if (payload.status === 'closed') {
        if (entry.sender.role === 'visitor') return line('status', `${who} ended the conversation`);
        return line('status', bySystem ? 'The conversation was closed' : `${who} closed the conversation`);
      }
      if (before === 'snoozed') {
        return line('snooze', bySystem ? 'The snooze is over' : `${who} ended the snooze`);
      }
      return line('status', bySystem ? 'The conversation was reopened' : `${who} reopened the conversation`);
    }
    case 'assignment':
      return line('assignment', assignmentWords(entry.sender, entry.payload, standing, facts));
    case 'labels': {
      const names = (ids: readonly string[]) =>
        listWords(ids.map((id) => `“${facts.labelNames.get(id) ?? 'deleted label'}”`));
      const { added, removed } = entry.payload;
      const parts = [
        ...(added.length > 0 ? [`added the ${added.length === 1 ? 'label' : 'labels'} ${names(added)}`] : []),
        ...(removed.length > 0
          ? [`took off the ${removed.length === 1 ? 'label' : 'labels'} ${names(removed)}`]
          : []),
      ];
      return parts.length === 0 ? null : line('labels', `${who} ${parts.join(' and ')}`);
    }
    case 'priority':
      return line('priority', `${who} set the priority to ${priorityWords[entry.payload.priority]}`);
    case 'survey': {
      const { payload } = entry;
      if (payload.event === 'asked') return line('survey', `${facts.visitorName} was asked for feedback`);
      if (payload.event === 'dismissed')
        return line('survey', `${facts.visitorName} closed the question without an answer`);
      return line('survey', `${facts.visitorName} rated the help ${payload.score} of 5`, payload.comment);
    }
    case 'cobrowse': {
      const words = cobrowseWords(entry.payload, who, facts.visitorName);
      return words === null ? null : line('cobrowse', words);
    }
    default:
      return null;
  }
}

function assignmentWords(
  sender: Sender,
  { agentId, agentName, teamId, teamName, by }: EntryPayloads['assignment'],
  standing: Standing,
  { meId, visitorName }: EventFacts,
): string {
  const before = { ...standing };
  standing.agentId = agentId;
  if (teamId !== undefined) standing.teamId = teamId;
  const who = senderName(sender, meId, visitorName);
  const agent = agentId === meId ? 'you' : (agentName ?? 'a former agent');
  const team = `the team ${teamName ?? '(deleted)'}`;
  const movesTeam = teamId !== undefined && teamId !== before.teamId;
  const movesAgent = agentId !== before.agentId;
  const senderId = sender.role === 'agent' ? sender.id : null;

  if (by === 'round_robin') {
    const share = agentId === null ? team : agentId === meId ? 'You were' : `${agent} was`;
    return agentId === null
      ? `The conversation went to ${share} by round robin`
      : `${share} assigned by round robin${movesTeam && teamId ? `, for ${team}` : ''}`;
  }
  if (movesTeam && teamId && (agentId === null || !movesAgent)) {
    return `${who} gave the conversation to ${team}`;
  }
  const forTeam = movesTeam && teamId ? `, for ${team}` : '';
  if (agentId === null) {
    if (movesTeam && teamId === null && !movesAgent) return `${who} took the conversation from its team`;
    return `${who} took the assignment off`;
  }
  if (!movesAgent && movesTeam) return `${who} took the conversation from its team`;
  if (senderId === agentId) return `${who} took the conversation${forTeam}`;
  if (senderId !== null && before.agentId === senderId) {
    return `${who} transferred the conversation to ${agent}${forTeam}`;
  }
  return `${who} assigned ${agent}${forTeam}`;
}

const endWords: Record<CobrowseEndReason, (visitor: string) => string> = {
  declined: (visitor) => `${visitor} declined to share the page`,
  visitor_stopped: (visitor) => `${visitor} stopped sharing`,
  agent_stopped: () => 'Co-browsing was stopped by an agent',
  request_expired: (visitor) => `${visitor} did not answer the request to see the page`,
  visitor_gone: (visitor) => `Co-browsing ended: ${visitor} did not come back`,
  withdrawn: () => 'The request to see the page was withdrawn',
};

function cobrowseWords(payload: EntryPayloads['cobrowse'], who: string, visitorName: string): string | null {
  switch (payload.event) {
    case 'requested':
      return `${who} asked to see the page`;
    case 'offered':
      return `${visitorName} offers to show the page`;
    case 'accepted':
      return `${visitorName} agreed to share the page`;
    case 'started':
      return 'Co-browsing started';
    case 'ended': {
      const lasted = payload.durationMs > 0 ? ` after ${spanWords(payload.durationMs)}` : '';
      return `${endWords[payload.reason](visitorName)}${lasted}`;
    }
    case 'recording_stopped':
      return `${visitorName} stopped the recording`;
    case 'recording_viewed':
      return `${who} watched the recording`;
    case 'recording_deleted':
      return who === 'Rapport'
        ? 'The recording was deleted: its time was over'
        : `${who} deleted the recording`;
    /** A card of its own. */
    case 'summary':
      return null;
  }
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
