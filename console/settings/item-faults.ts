import type { CannedReply, Label, Macro, Team, Workspace } from '../../shared/model/workspace.ts';
import { actionFaults, type MacroNames } from './macro-words.ts';
import { templateErrorWords } from './template-words.ts';

type Faults = Record<string, string>;

const isSameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function nameFaults<T extends { id: string; name: string }>(item: T, all: readonly T[], max: number): Faults {
  const name = item.name.trim();
  if (name === '') return { name: 'Enter a name.' };
  if (name.length > max) return { name: `This is too long: at most ${max} characters.` };
  const other = all.find(({ id, name: known }) => id !== item.id && isSameName(known, name));
  return other ? { name: `“${other.name}” exists already.` } : {};
}

export function labelFaults(label: Label, { labels }: Workspace): Faults {
  return nameFaults(label, labels, 40);
}

export function teamFaults(team: Team, { teams }: Workspace): Faults {
  return {
    ...nameFaults(team, teams, 60),
    ...(team.agentIds.length === 0 ? { agentIds: 'Choose at least one person.' } : {}),
  };
}

/** What an agent types after `/`, as it is kept. */
export function shortcutFromText(text: string): string {
  return text.trim().replace(/^\/+/, '').toLowerCase();
}

export function cannedFaults(reply: CannedReply, { canned }: Workspace): Faults {
  const faults: Faults = {};
  const shortcut = shortcutFromText(reply.shortcut);
  const other = canned.find(({ id, shortcut: known }) => id !== reply.id && isSameName(known, shortcut));
  if (shortcut === '') faults.shortcut = 'Enter what is typed after /.';
  else if (/\s/.test(shortcut)) faults.shortcut = 'Without spaces: write refund-sent, for instance.';
  else if (!/^[\p{L}\p{N}_-]+$/u.test(shortcut)) faults.shortcut = 'Only letters, figures, - and _.';
  else if (shortcut.length > 40) faults.shortcut = 'This is too long: at most 40 characters.';
  else if (other) faults.shortcut = `/${other.shortcut} exists already.`;
  const told = reply.text.trim() === '' ? 'Write the text.' : templateErrorWords(reply.text);
  if (told) faults.text = told;
  return faults;
}

export function macroFaults(macro: Macro, { macros }: Workspace, names: MacroNames): Faults {
  return { ...nameFaults(macro, macros, 60), ...actionFaults(macro.actions, names) };
}
