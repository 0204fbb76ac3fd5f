import type { Verb } from '../../../shared/model/control.ts';
import { isFormField } from '../dom-nodes.ts';
import { proposalWords } from './control-texts.ts';
import { closestAcross, fieldAt } from './guard.ts';

/** One verb of an agent's as it waits. */
export interface Use {
  id: number;
  verb: Verb;
}

/** What the visitor is asked about as one thing: letters of one text belong together. */
export interface Proposal {
  uses: Use[];
  element: Element | null;
}

/** More would be a list to work through, not a suggestion. */
export const maxProposals = 10;

const isTyping = ({ verb }: Use) => verb.kind === 'type' || (verb.kind === 'key' && verb.key === 'Backspace');

/** Adds a verb to what waits already. */
export function withUse(proposals: readonly Proposal[], use: Use, element: Element | null): Proposal[] {
  const last = proposals.at(-1);
  if (last && isTyping(use) && last.element === element && last.uses.every(isTyping)) {
    return [...proposals.slice(0, -1), { element, uses: [...last.uses, use] }];
  }
  return [...proposals, { element, uses: [use] }];
}

/** The text that typing comes to. */
function typedText(uses: readonly Use[]): string {
  let text = '';
  for (const { verb } of uses) {
    if (verb.kind === 'type') text += verb.text;
    else if (verb.kind === 'key' && verb.key === 'Backspace') text = [...text].slice(0, -1).join('');
  }
  return text;
}

const maxNameChars = 40;
const short = (text: string | null | undefined) => {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line.length > maxNameChars ? `${line.slice(0, maxNameChars - 1)}…` : line;
};

/** What the visitor calls it: shown to the visitor alone, so that nothing of it has to be hidden. */
export function nameOf(element: Element): string {
  const field = fieldAt(element);
  const named = field ?? closestAcross(element, 'a[href],button,summary,[role]') ?? element;
  const label = field && 'labels' in field ? field.labels?.[0]?.textContent : null;
  const isButton = field && /^(?:submit|button|reset)$/.test(field.type);
  return short(
    named.getAttribute('aria-label') ??
      label ??
      (isButton ? (field as HTMLInputElement).value : null) ??
      (isFormField(named)
        ? (named.getAttribute('placeholder') ?? named.getAttribute('name'))
        : named.textContent),
  );
}

export function wordsOf({ uses, element }: Proposal, optionOf: (node: number) => string): string {
  const verb = uses.at(-1)?.verb;
  if (!verb) return '';
  const text = verb.kind === 'select' ? verb.options.map(optionOf).join(', ') : typedText(uses);
  return proposalWords(verb, { name: element ? nameOf(element) : '', text: text.slice(0, 200) });
}
