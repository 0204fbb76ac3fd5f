import {
  fillTemplate,
  type TemplateFault,
  type TemplateValues,
  type TemplateVariable,
} from '../../shared/model/template.ts';

export interface TemplateSources {
  visitor: { name: string | null; email: string | null };
  agent: { name: string };
  site: { name: string };
  conversationId: string;
}

/** Values of the variables in one conversation. */
export function templateValues({ visitor, agent, site, conversationId }: TemplateSources): TemplateValues {
  return {
    'visitor.name': visitor.name,
    'visitor.firstName': firstName(visitor.name),
    'visitor.email': visitor.email,
    'agent.name': agent.name,
    'agent.firstName': firstName(agent.name),
    'site.name': site.name,
    'conversation.id': conversationId,
  };
}

const firstName = (name: string | null): string | null => name?.trim().split(/\s+/)[0] || null;

export interface PartlyFilled {
  text: string;
  /** Places of `text` that somebody has to put right before it is sent. */
  faults: TemplateFault[];
}

/** The text with every variable filled in that can be; the others stay, so that they can be put right by hand. */
export function fillKnown(text: string, values: TemplateValues): PartlyFilled {
  const filled = fillTemplate(text, values);
  if (filled.ok) return { text: filled.text, faults: [] };
  const faults: TemplateFault[] = [];
  let result = '';
  let end = 0;
  for (const fault of filled.faults) {
    const between = fillTemplate(text.slice(end, fault.from), values);
    result += between.ok ? between.text : text.slice(end, fault.from);
    const from = result.length;
    result += text.slice(fault.from, fault.to);
    faults.push({ ...fault, from, to: result.length });
    end = fault.to;
  }
  const rest = fillTemplate(text.slice(end), values);
  return { text: result + (rest.ok ? rest.text : text.slice(end)), faults };
}

const valueWords: Record<TemplateVariable, string> = {
  'visitor.name': 'The visitor’s name is',
  'visitor.firstName': 'The visitor’s first name is',
  'visitor.email': 'The visitor’s e-mail address is',
  'agent.name': 'Your name is',
  'agent.firstName': 'Your first name is',
  'site.name': 'The site’s name is',
  'conversation.id': 'The conversation’s id is',
};

/** What to do about a fault, in words. */
export function faultWords({ problem, found }: TemplateFault): string {
  switch (problem) {
    case 'no_value': {
      const subject = Object.entries(valueWords).find(([name]) => name === found)?.[1] ?? `“${found}” is`;
      return `${subject} not known here. Write something in its place.`;
    }
    case 'unknown_variable':
      return `There is no variable “${found}”. Write something in its place.`;
    case 'not_closed':
      return `The braces “${found}” stand alone. Take them out or complete them.`;
  }
}
