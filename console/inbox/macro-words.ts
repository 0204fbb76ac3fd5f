import { fillTemplate, type TemplateValues } from '../../shared/model/template.ts';
import type { Macro, MacroAction } from '../../shared/model/workspace.ts';
import { priorityWords } from '../priority-words.ts';
import { minutesWords } from '../ui/time-words.ts';
import { listWords } from './event-words.ts';
import { faultWords } from './template-filling.ts';

export interface MacroFacts {
  values: TemplateValues;
  labelNames: ReadonlyMap<string, string>;
  agentNames: ReadonlyMap<string, string>;
  teamNames: ReadonlyMap<string, string>;
  /** Nobody has the conversation. */
  isUntaken: boolean;
}

export interface MacroStep {
  words: string;
  /** Text that is sent or noted, with its variables filled in as far as they are known. */
  text: string | null;
  /** Why this step cannot be done here; null when it can. */
  fault: string | null;
}

/** What a macro will do in this conversation, step by step, before it is run. */
export function macroSteps(macro: Macro, facts: MacroFacts): MacroStep[] {
  const assigns = macro.actions.some((action) => action.do === 'assign' || action.do === 'assign_me');
  const steps = macro.actions.map((action) => stepOf(action, facts));
  const answer = macro.actions.findIndex((action) => action.do === 'send');
  const step = steps[answer];
  if (step && facts.isUntaken && !assigns) step.words = 'Send a message, and assign to you';
  return steps;
}

function stepOf(action: MacroAction, facts: MacroFacts): MacroStep {
  const plain = (words: string, fault: string | null = null): MacroStep => ({ words, text: null, fault });
  switch (action.do) {
    case 'send':
    case 'note': {
      const filled = fillTemplate(action.text, facts.values);
      const first = filled.ok ? undefined : filled.faults[0];
      return {
        words: action.do === 'send' ? 'Send a message' : 'Add a private note',
        text: filled.ok ? filled.text : action.text,
        fault: first ? faultWords(first) : null,
      };
    }
    case 'assign_me':
      return plain('Assign to you');
    case 'assign': {
      const { agentId, teamId } = action;
      const agent = agentId === null ? null : facts.agentNames.get(agentId);
      const team = teamId === null ? null : facts.teamNames.get(teamId);
      if (agent === undefined) return plain('Assign an agent', 'This agent does not work here any more.');
      if (team === undefined) return plain('Assign a team', 'This team does not exist any more.');
      if (agent === null && team === null) return plain('Take the assignment off');
      return plain(
        `Assign to ${listWords([agent, team && `the team ${team}`].filter((name) => name !== null))}`,
      );
    }
    case 'label': {
      const known = (ids: readonly string[]) => ids.map((id) => facts.labelNames.get(id));
      if ([...known(action.added), ...known(action.removed)].includes(undefined)) {
        return plain('Change the labels', 'One of its labels does not exist any more.');
      }
      const names = (ids: readonly string[]) => listWords(known(ids).map((name) => `“${name}”`));
      const parts = [
        ...(action.added.length > 0 ? [`add ${names(action.added)}`] : []),
        ...(action.removed.length > 0 ? [`take off ${names(action.removed)}`] : []),
      ];
      return plain(`Labels: ${parts.join(', ') || 'none'}`);
    }
    case 'priority':
      return plain(`Set the priority to ${priorityWords[action.priority]}`);
    case 'snooze':
      return plain(`Snooze for ${minutesWords(action.minutes)}`);
    case 'close':
      return plain('Close the conversation');
  }
}
