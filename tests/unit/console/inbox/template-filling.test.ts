import { expect, it } from 'vitest';
import { faultWords, fillKnown, templateValues } from '../../../../console/inbox/template-filling.ts';

const values = templateValues({
  visitor: { name: null, email: 'ada@shop.example' },
  agent: { name: 'Mira Adler' },
  site: { name: 'Nordwald' },
  conversationId: 'cnv_1',
});

it('fills in what is known', () => {
  const text = 'Hello {{visitor.firstName|there}}, {{agent.firstName}} of {{site.name}} here.';
  expect(fillKnown(text, values)).toEqual({ text: 'Hello there, Mira of Nordwald here.', faults: [] });
});

it('leaves what is not known where it stands, and tells the place and what to do', () => {
  const filled = fillKnown(
    '{{agent.name}}: Dear {{visitor.name}} <{{visitor.email}}> {{visitor.nme}} }}',
    values,
  );
  expect(filled.text).toBe('Mira Adler: Dear {{visitor.name}} <ada@shop.example> {{visitor.nme}} }}');
  expect(filled.faults.map(({ from, to }) => filled.text.slice(from, to))).toEqual([
    '{{visitor.name}}',
    '{{visitor.nme}}',
    '}}',
  ]);
  expect(filled.faults.map(faultWords)).toEqual([
    'The visitor’s name is not known here. Write something in its place.',
    'There is no variable “visitor.nme”. Write something in its place.',
    'The braces “}}” stand alone. Take them out or complete them.',
  ]);
});
