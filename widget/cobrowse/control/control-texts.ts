import type { Verb } from '../../../shared/model/control.ts';
import type { GrantScope } from '../../../shared/model/grant.ts';

export const region = 'Control of this page';
export const asks = (agent: string) => `${agent} asks to control this page`;
const scopeWords: Record<GrantScope, string> = {
  point: 'point',
  draw: 'draw',
  scroll: 'scroll',
  click: 'press buttons and links',
  type: 'fill in fields that are shown',
  navigate: 'go to other pages of this site',
};
export const allows = (scopes: readonly GrantScope[]) =>
  `To ${scopes.map((scope) => scopeWords[scope]).join(', ')}. Never passwords, card details or hidden fields.`;
export const allow = 'Allow';
export const propose = 'Ask me for each action';
export const refuse = 'No';
export const controls = (agent: string) => `${agent} can act on this page`;
export const proposes = (agent: string) => `${agent} suggests what to do; you decide`;
export const howToEnd = 'Press Esc twice to take control back.';
export const takeBack = 'Take back control';
export const askEach = 'Ask me first';
export const allowAll = 'Allow without asking';
export const undo = 'Undo';
export const wants = (agent: string, what: string) => `${agent} would like to ${what}`;
export const accept = 'Do it';
export const decline = 'Don’t';

const named = (name: string) => (name === '' ? 'here' : `“${name}”`);
/** What a proposal is about. `name`: what the element is called; `text`: all that is to be typed. */
export function proposalWords(verb: Verb, { name, text }: { name: string; text: string }): string {
  switch (verb.kind) {
    case 'click':
      return name === '' ? 'press here' : `press ${named(name)}`;
    case 'check':
      return `${verb.checked ? 'tick' : 'untick'} ${named(name)}`;
    case 'drag':
      return `move ${name === '' ? 'this' : named(name)}`;
    case 'type':
      return `write “${text}”`;
    case 'key':
      return text === '' ? `press ${verb.key}` : `write “${text}”`;
    case 'fill':
      return `set ${named(name)} to “${verb.value}”`;
    case 'select':
      return `choose “${text}”`;
    case 'scroll':
      return 'scroll';
    case 'undo':
      return 'undo the last change';
    case 'back':
      return 'go back';
    case 'forward':
      return 'go forward';
    case 'reload':
      return 'load this page again';
    case 'open':
      return `open ${verb.url}`;
  }
}
