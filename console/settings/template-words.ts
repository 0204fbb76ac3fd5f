import {
  type TemplateFault,
  type TemplateValues,
  type TemplateVariable,
  templateFaults,
  templateVariables,
} from '../../shared/model/template.ts';

/** Variables as agents read them. */
export const variableWords: Record<TemplateVariable, string> = {
  'visitor.name': 'Visitor’s name',
  'visitor.firstName': 'Visitor’s first name',
  'visitor.email': 'Visitor’s e-mail',
  'agent.name': 'Your name',
  'agent.firstName': 'Your first name',
  'site.name': 'Site',
  'conversation.id': 'Conversation’s id',
};

/** Values that a visitor may not have told: they need a word for that case. */
const unsure: readonly TemplateVariable[] = ['visitor.name', 'visitor.firstName', 'visitor.email'];

/** How a variable is put into a text: with a word to use when the value is not known. */
export function slotOf(variable: TemplateVariable): string {
  return unsure.includes(variable) && variable !== 'visitor.email'
    ? `{{${variable}|there}}`
    : `{{${variable}}}`;
}

/** Values for a preview. */
export function sampleValues(agentName: string, siteName: string): TemplateValues {
  return {
    'visitor.name': 'Ada King',
    'visitor.firstName': 'Ada',
    'visitor.email': 'ada@example.com',
    'agent.name': agentName,
    'agent.firstName': agentName.split(' ')[0] ?? agentName,
    'site.name': siteName,
    'conversation.id': 'cnv_8s2kd7Qw',
  };
}

export interface TemplatePart {
  text: string;
  kind: 'plain' | 'variable' | 'fault';
}

/** The text in pieces, so that variables and faults can be marked where they stand. */
export function templateParts(text: string): TemplatePart[] {
  const faults = templateFaults(text);
  const marks = [
    ...faults.map(({ from, to }) => ({ from, to, kind: 'fault' as const })),
    ...[...text.matchAll(/\{\{[^{}]*\}\}/g)]
      .map(({ index, 0: slot }) => ({ from: index, to: index + slot.length, kind: 'variable' as const }))
      .filter(({ from }) => !faults.some((fault) => fault.from === from)),
  ].sort((a, b) => a.from - b.from);
  const parts: TemplatePart[] = [];
  let at = 0;
  for (const { from, to, kind } of marks) {
    if (from > at) parts.push({ text: text.slice(at, from), kind: 'plain' });
    parts.push({ text: text.slice(from, to), kind });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), kind: 'plain' });
  return parts;
}

/** What is wrong with a text and how to repair it; undefined when nothing is. */
export function templateErrorWords(text: string): string | undefined {
  const faults = templateFaults(text);
  return faults.length > 0 ? faults.map(faultWords).join(' ') : undefined;
}

export function faultWords({ problem, found }: TemplateFault): string {
  if (problem === 'not_closed') {
    return found === '{{'
      ? 'A variable begins with {{ and does not end: write }} after its name.'
      : 'There is a }} without a {{ before it.';
  }
  if (problem === 'no_value') return `${found} is not known here: write a word for that case after |.`;
  if (found === '') return 'The braces {{ }} are empty: write a variable’s name into them.';
  const near = nearest(found);
  return `There is no variable “${found}”.${near ? ` Do you mean ${near}?` : ''}`;
}

/** The variable that somebody probably meant: at most three letters away, or one that ends so. */
function nearest(name: string): TemplateVariable | null {
  const typed = name.toLowerCase();
  const scored = templateVariables
    .map((variable) => ({ variable, steps: distance(typed, variable.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  if (scored && scored.steps <= 3) return scored.variable;
  return templateVariables.find((variable) => variable.toLowerCase().split('.')[1] === typed) ?? null;
}

/** Edits between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
