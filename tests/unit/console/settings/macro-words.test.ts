import { describe, expect, it } from 'vitest';
import { actionFaults, type MacroNames, macroSentence } from '../../../../console/settings/macro-words.ts';

const known: Record<string, string> = { agt_mira: 'Mira', tea_returns: 'Returns', lbl_refund: 'Refund' };
const names: MacroNames = {
  agent: (id) => known[id] ?? null,
  team: (id) => known[id] ?? null,
  label: (id) => known[id] ?? null,
};

it('says in a sentence what a macro will do', () => {
  const sentence = macroSentence(
    [
      { do: 'send', text: 'Your refund\nis on its way.' },
      { do: 'label', added: ['lbl_refund'], removed: ['lbl_gone'] },
      { do: 'assign', agentId: 'agt_mira', teamId: 'tea_returns' },
      { do: 'priority', priority: 'low' },
      { do: 'snooze', minutes: 2880 },
    ],
    names,
  );
  expect(sentence).toBe(
    'Sends “Your refund is on its way.”, adds the label Refund and removes the label that is gone, assigns to Mira in team Returns, sets the priority to low, then snoozes for 2 days.',
  );
  expect(macroSentence([{ do: 'close' }], names)).toBe('Closes.');
  expect(macroSentence([], names)).toBe('Does nothing yet: add an action.');
});

describe('a macro that could not run is not saved', () => {
  const fault = (...actions: Parameters<typeof actionFaults>[0]) => actionFaults(actions, names);

  it('each action says what it lacks', () => {
    expect(fault()).toEqual({ actions: 'Add at least one action.' });
    expect(fault({ do: 'send', text: ' ' })).toEqual({ 'actions.0': 'Write the text.' });
    expect(fault({ do: 'close' }, { do: 'note', text: '{{agent}}' })['actions.1']).toMatch(
      /There is no variable “agent”/,
    );
    expect(fault({ do: 'label', added: [], removed: [] })['actions.0']).toBe('Choose at least one label.');
    expect(fault({ do: 'label', added: ['lbl_refund'], removed: ['lbl_refund'] })['actions.0']).toMatch(
      /added and removed at once/,
    );
    expect(fault({ do: 'snooze', minutes: Number.NaN })['actions.0']).toBe(
      'Enter a time of at most 90 days.',
    );
    expect(fault({ do: 'close' }, { do: 'snooze', minutes: 5 })).toEqual({
      'actions.1': 'A macro closes or snoozes once.',
    });
  });

  it('what it mentions must still be there', () => {
    expect(fault({ do: 'assign', agentId: 'agt_gone', teamId: null })['actions.0']).toMatch(
      /not in the team/,
    );
    expect(fault({ do: 'assign', agentId: null, teamId: 'tea_gone' })['actions.0']).toMatch(/team is gone/);
    expect(fault({ do: 'label', added: ['lbl_gone'], removed: [] })['actions.0']).toMatch(
      /label in it is gone/,
    );
    expect(fault({ do: 'assign', agentId: null, teamId: null })).toEqual({});
  });
});
