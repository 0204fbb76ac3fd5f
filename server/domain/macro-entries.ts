import { RapportError } from '../../shared/errors.ts';
import { maxMessageChars } from '../../shared/limits.ts';
import type { ConversationState } from '../../shared/model/conversation.ts';
import { fillTemplate, type TemplateValues } from '../../shared/model/template.ts';
import type { Label, Macro, MacroAction, Team } from '../../shared/model/workspace.ts';
import type { NewEntry, StoredSender } from '../store/store.ts';
import { takingEntry } from './taking-entry.ts';

/** What the actions of a macro turn on, at the moment it runs. */
export interface MacroFacts {
  conversation: Pick<ConversationState, 'id' | 'assignee' | 'team'>;
  agent: { id: string; name: string };
  members: ReadonlyArray<{ id: string; name: string }>;
  teams: readonly Team[];
  labels: readonly Label[];
  values: TemplateValues;
  /** Client id of the action at this place. */
  clientIdOf(place: number): string;
  atMs: number;
}

const minuteMs = 60_000;

/**
 * The entries of a macro's actions, in their order, with closing as a mere status: the question that may follow it is the
 * caller's. As any answer, a message makes the agent's what nobody has, unless the macro says who answers. Refuses with the place of what cannot be done: `actions.2.teamId` when that team is gone (`not_found`),
 * `text` when a variable has no value here (`malformed`).
 */
export function macroEntries({ actions }: Pick<Macro, 'actions'>, facts: MacroFacts): NewEntry[] {
  const sender: StoredSender = { role: 'agent', id: facts.agent.id };
  let { assignee, team } = facts.conversation;

  const filled = (template: string): string => {
    const result = fillTemplate(template, facts.values);
    const text = result.ok ? result.text.trim() : '';
    if (text === '') throw new RapportError('malformed', { field: 'text' });
    if (text.length > maxMessageChars) throw new RapportError('too_large', { field: 'text' });
    return text;
  };

  const known = <T extends { id: string; name: string }>(all: readonly T[], id: string, field: string): T => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new RapportError('not_found', { field });
    return found;
  };

  const entryOf = (action: MacroAction, place: number): NewEntry => {
    const base = {
      conversationId: facts.conversation.id,
      clientId: facts.clientIdOf(place),
      sender,
      atMs: facts.atMs,
    };
    switch (action.do) {
      case 'send':
        return { ...base, kind: 'message', payload: { text: filled(action.text) } };
      case 'note':
        return { ...base, kind: 'note', payload: { text: filled(action.text), mentions: [] } };
      case 'assign_me':
        assignee = facts.agent;
        return { ...base, kind: 'assignment', payload: assignment() };
      case 'assign':
        // An agent without a team leaves the conversation in its team; neither of both takes it from everybody.
        assignee =
          action.agentId === null ? null : known(facts.members, action.agentId, `actions.${place}.agentId`);
        if (action.teamId !== null) team = known(facts.teams, action.teamId, `actions.${place}.teamId`);
        else if (action.agentId === null) team = null;
        return { ...base, kind: 'assignment', payload: assignment() };
      case 'label':
        for (const id of action.added) known(facts.labels, id, `actions.${place}.added`);
        return { ...base, kind: 'labels', payload: { added: action.added, removed: action.removed } };
      case 'priority':
        return { ...base, kind: 'priority', payload: { priority: action.priority } };
      case 'snooze':
        return {
          ...base,
          kind: 'status',
          payload: { status: 'snoozed', untilMs: facts.atMs + action.minutes * minuteMs },
        };
      case 'close':
        return { ...base, kind: 'status', payload: { status: 'closed' } };
    }
  };

  const assignment = () => ({
    agentId: assignee?.id ?? null,
    agentName: assignee?.name ?? null,
    teamId: team?.id ?? null,
    teamName: team?.name ?? null,
    by: 'hand' as const,
  });

  const entries = actions.map(entryOf);
  if (entries.some(({ kind }) => kind === 'assignment')) return entries;
  const answer = entries.findIndex(({ kind }) => kind === 'message');
  const [message] = entries.slice(answer, answer + 1);
  if (!message || assignee !== null) return entries;
  return [...entries.slice(0, answer + 1), takingEntry(message, facts.agent), ...entries.slice(answer + 1)];
}
