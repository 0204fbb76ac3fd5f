import { expect, it } from 'vitest';
import { macroSteps } from '../../../../console/inbox/macro-words.ts';
import { templateValues } from '../../../../console/inbox/template-filling.ts';
import type { MacroAction } from '../../../../shared/model/workspace.ts';

const facts = {
  values: templateValues({
    visitor: { name: null, email: null },
    agent: { name: 'Mira Adler' },
    site: { name: 'Nordwald' },
    conversationId: 'cnv_1',
  }),
  labelNames: new Map([['lbl_refund', 'Refund']]),
  agentNames: new Map([['agt_jonas', 'Jonas']]),
  teamNames: new Map([['tea_returns', 'Returns']]),
  isUntaken: false,
};
const steps = (...actions: MacroAction[]) =>
  macroSteps({ kind: 'macro', id: 'mac_1', name: 'Refund', actions }, facts);

it('says what it will do, with the words that will be sent', () => {
  const shown = steps(
    { do: 'send', text: 'Hello {{visitor.firstName|there}}' },
    { do: 'assign', agentId: 'agt_jonas', teamId: 'tea_returns' },
    { do: 'label', added: ['lbl_refund'], removed: [] },
    { do: 'priority', priority: 'high' },
    { do: 'snooze', minutes: 2_880 },
    { do: 'close' },
  );
  expect(shown.map(({ words }) => words)).toEqual([
    'Send a message',
    'Assign to Jonas and the team Returns',
    'Labels: add “Refund”',
    'Set the priority to High',
    'Snooze for 2 days',
    'Close the conversation',
  ]);
  expect(shown[0]?.text).toBe('Hello there');
  expect(shown.every(({ fault }) => fault === null)).toBe(true);
});

it('tells which step cannot be done here, and why', () => {
  const faults = steps(
    { do: 'assign_me' },
    { do: 'send', text: 'Dear {{visitor.name}}' },
    { do: 'assign', agentId: 'agt_gone', teamId: null },
    { do: 'label', added: [], removed: ['lbl_gone'] },
  ).map(({ fault }) => fault);
  expect(faults).toEqual([
    null,
    'The visitor’s name is not known here. Write something in its place.',
    'This agent does not work here any more.',
    'One of its labels does not exist any more.',
  ]);
});

it('an answer where nobody answers yet says that it assigns, unless the macro says who answers', () => {
  const words = (...actions: MacroAction[]) =>
    macroSteps({ kind: 'macro', id: 'mac_1', name: 'Hello', actions }, { ...facts, isUntaken: true }).map(
      (step) => step.words,
    );
  expect(words({ do: 'priority', priority: 'low' }, { do: 'send', text: 'Hello' })).toEqual([
    'Set the priority to Low',
    'Send a message, and assign to you',
  ]);
  expect(words({ do: 'send', text: 'Hello' }, { do: 'assign', agentId: 'agt_jonas', teamId: null })).toEqual([
    'Send a message',
    'Assign to Jonas',
  ]);
});
