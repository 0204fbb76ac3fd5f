import { describe, expect, it } from 'vitest';
import { fillTemplate, templateFaults } from '../../../../shared/model/template.ts';

const values = {
  'visitor.name': 'Ada Lovelace',
  'visitor.firstName': 'Ada',
  'visitor.email': null,
  'agent.name': 'Mira Sand',
  'agent.firstName': 'Mira',
  'site.name': 'Nordwald',
  'conversation.id': 'cnv_a',
} as const;

describe('a canned text', () => {
  it('takes the values of the conversation', () => {
    expect(fillTemplate('Hello {{ visitor.firstName }}, {{agent.firstName}} here.', values)).toEqual({
      ok: true,
      text: 'Hello Ada, Mira here.',
    });
  });

  it('takes the word for a missing value', () => {
    expect(fillTemplate('We wrote to {{visitor.email|your address}}.', values)).toEqual({
      ok: true,
      text: 'We wrote to your address.',
    });
  });

  it('says where a value is missing', () => {
    expect(fillTemplate('To {{visitor.email}}!', values)).toEqual({
      ok: false,
      faults: [{ from: 3, to: 20, problem: 'no_value', found: 'visitor.email' }],
    });
  });

  it('says where a variable is misspelt, and where braces do not close', () => {
    expect(templateFaults('Hi {{visitor.frstName}}, {{agent.name')).toEqual([
      { from: 3, to: 23, problem: 'unknown_variable', found: 'visitor.frstName' },
      { from: 25, to: 27, problem: 'not_closed', found: '{{' },
    ]);
  });

  it('leaves single braces and braces in values alone', () => {
    expect(fillTemplate('{a} {{visitor.name}}', { ...values, 'visitor.name': '{{agent.name}}' })).toEqual({
      ok: true,
      text: '{a} {{agent.name}}',
    });
  });
});
