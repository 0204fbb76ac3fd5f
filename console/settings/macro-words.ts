import type { MacroAction } from '../../shared/model/workspace.ts';
import { priorityWords } from '../priority-words.ts';
import { minutesWords, spanUnits } from '../ui/time-words.ts';
import { templateErrorWords } from './template-words.ts';

export const actionWords: Record<MacroAction['do'], string> = {
  send: 'Send a message',
  note: 'Write a private note',
  assign_me: 'Assign to whoever runs it',
  assign: 'Assign',
  label: 'Change labels',
  priority: 'Set the priority',
  snooze: 'Snooze',
  close: 'Close',
};

export function newAction(kind: MacroAction['do']): MacroAction {
  switch (kind) {
    case 'send':
    case 'note':
      return { do: kind, text: '' };
    case 'assign':
      return { do: 'assign', agentId: null, teamId: null };
    case 'label':
      return { do: 'label', added: [], removed: [] };
    case 'priority':
      return { do: 'priority', priority: 'high' };
    case 'snooze':
      return { do: 'snooze', minutes: 24 * 60 };
    case 'assign_me':
    case 'close':
      return { do: kind };
  }
}

/** Names of what a macro mentions by id; null for what is gone. */
export interface MacroNames {
  agent(id: string): string | null;
  team(id: string): string | null;
  label(id: string): string | null;
}

/** What a macro will do, in one sentence: "Sends “Hello”, adds the label Refund, then closes." */
export function macroSentence(actions: readonly MacroAction[], names: MacroNames): string {
  if (actions.length === 0) return 'Does nothing yet: add an action.';
  const steps = actions.map((action) => stepWords(action, names));
  const last = steps.pop() ?? '';
  const all = steps.length > 0 ? `${steps.join(', ')}, then ${last}` : last;
  return `${all.charAt(0).toUpperCase()}${all.slice(1)}.`;
}

function stepWords(action: MacroAction, names: MacroNames): string {
  switch (action.do) {
    case 'send':
      return `sends ${quoted(action.text)}`;
    case 'note':
      return `notes ${quoted(action.text)} for colleagues`;
    case 'assign_me':
      return 'assigns to whoever runs it';
    case 'assign':
      return assignWords(action, names);
    case 'label':
      return labelWords(action, names);
    case 'priority':
      return `sets the priority to ${priorityWords[action.priority].toLowerCase()}`;
    case 'snooze':
      return `snoozes for ${minutesWords(action.minutes)}`;
    case 'close':
      return 'closes';
  }
}

function quoted(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return 'an empty text';
  return `“${line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line}”`;
}

function assignWords({ agentId, teamId }: Extract<MacroAction, { do: 'assign' }>, names: MacroNames): string {
  const to = [
    ...(agentId === null ? [] : [names.agent(agentId) ?? 'an agent who is gone']),
    ...(teamId === null ? [] : [`team ${names.team(teamId) ?? 'that is gone'}`]),
  ];
  return to.length > 0 ? `assigns to ${to.join(' in ')}` : 'takes the assignment away';
}

function labelWords({ added, removed }: Extract<MacroAction, { do: 'label' }>, names: MacroNames): string {
  const list = (ids: readonly string[]) =>
    `${ids.length === 1 ? 'the label' : 'the labels'} ${ids.map((id) => names.label(id) ?? 'that is gone').join(' and ')}`;
  const parts = [
    ...(added.length > 0 ? [`adds ${list(added)}`] : []),
    ...(removed.length > 0 ? [`removes ${list(removed)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'changes no labels';
}

/** What is wrong with the actions, by place: `actions.0`. */
export function actionFaults(actions: readonly MacroAction[], names: MacroNames): Record<string, string> {
  const faults: Record<string, string> = {};
  if (actions.length === 0) faults.actions = 'Add at least one action.';
  for (const [index, action] of actions.entries()) {
    const fault = actionFault(action, names);
    if (fault) faults[`actions.${index}`] = fault;
    const ends = actions.findIndex(({ do: kind }) => kind === 'close' || kind === 'snooze');
    if (!fault && ends >= 0 && index > ends && (action.do === 'close' || action.do === 'snooze')) {
      faults[`actions.${index}`] = 'A macro closes or snoozes once.';
    }
  }
  return faults;
}

function actionFault(action: MacroAction, names: MacroNames): string | undefined {
  switch (action.do) {
    case 'send':
    case 'note':
      return action.text.trim() === '' ? 'Write the text.' : templateErrorWords(action.text);
    case 'assign':
      if (action.agentId !== null && names.agent(action.agentId) === null)
        return 'This person is not in the team any more. Choose another one.';
      return action.teamId !== null && names.team(action.teamId) === null
        ? 'This team is gone. Choose another one.'
        : undefined;
    case 'label':
      if (action.added.length + action.removed.length === 0) return 'Choose at least one label.';
      if (action.added.some((id) => action.removed.includes(id)))
        return 'A label cannot be added and removed at once.';
      return [...action.added, ...action.removed].some((id) => names.label(id) === null)
        ? 'A label in it is gone. Choose again.'
        : undefined;
    case 'snooze':
      return Number.isInteger(action.minutes) && action.minutes >= 1 && action.minutes <= spanUnits.day * 90
        ? undefined
        : 'Enter a time of at most 90 days.';
    default:
      return undefined;
  }
}
