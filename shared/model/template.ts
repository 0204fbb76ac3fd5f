/**
 * Variables in canned replies and macros: `{{visitor.firstName|there}}`. What stands after `|` is used when the value
 * is not known. A text with a variable that does not exist, or with braces that do not close, is not sent.
 */
export const templateVariables = [
  'visitor.name',
  'visitor.firstName',
  'visitor.email',
  'agent.name',
  'agent.firstName',
  'site.name',
  'conversation.id',
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

/** Values to fill in; null: not known. */
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>;

/** What is wrong in a template, and where: `from` and `to` are places in its text. */
export interface TemplateFault {
  from: number;
  to: number;
  problem: 'unknown_variable' | 'not_closed' | 'no_value';
  /** What stands there, e.g. `visitor.frstName`. */
  found: string;
}

export type FilledTemplate = { ok: true; text: string } | { ok: false; faults: TemplateFault[] };

const slot = /\{\{([^{}]*)\}\}/g;

/** Faults of the text itself, before any values are known. */
export function templateFaults(text: string): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const rest = text.replace(slot, (whole: string, inner: string, from: number) => {
    const name = nameOf(inner);
    if (!isVariable(name)) {
      faults.push({ from, to: from + whole.length, problem: 'unknown_variable', found: name });
    }
    return ' '.repeat(whole.length);
  });
  for (const { index } of rest.matchAll(/\{\{|\}\}/g)) {
    faults.push({ from: index, to: index + 2, problem: 'not_closed', found: rest.slice(index, index + 2) });
  }
  return faults.sort((a, b) => a.from - b.from);
}

/** The text with its variables filled in. A variable without a value and without a word for that case is a fault. */
export function fillTemplate(text: string, values: TemplateValues): FilledTemplate {
  const faults = templateFaults(text);
  const filled = text.replace(slot, (whole: string, inner: string, from: number) => {
    const name = nameOf(inner);
    if (!isVariable(name)) return whole;
    const bar = inner.indexOf('|');
    const value = values[name] || (bar < 0 ? null : inner.slice(bar + 1).trim());
    if (value === null) faults.push({ from, to: from + whole.length, problem: 'no_value', found: name });
    return value ?? whole;
  });
  return faults.length > 0
    ? { ok: false, faults: faults.sort((a, b) => a.from - b.from) }
    : { ok: true, text: filled };
}

const nameOf = (inner: string): string => (inner.split('|')[0] ?? '').trim();

function isVariable(name: string): name is TemplateVariable {
  return (templateVariables as readonly string[]).includes(name);
}
