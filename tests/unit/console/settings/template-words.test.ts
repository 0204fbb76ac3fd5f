import { describe, expect, it } from 'vitest';
import {
  sampleValues,
  slotOf,
  templateErrorWords,
  templateParts,
} from '../../../../console/settings/template-words.ts';
import { fillTemplate, templateVariables } from '../../../../shared/model/template.ts';

it('every variable can be put into a text and has a sample', () => {
  const text = templateVariables.map(slotOf).join(' ');
  const filled = fillTemplate(text, sampleValues('Mira Holm', 'Nordwald'));
  expect(filled).toEqual({
    ok: true,
    text: 'Ada King Ada ada@example.com Mira Holm Mira Nordwald cnv_8s2kd7Qw',
  });
});

it('the text is cut where variables and faults stand, and nothing of it is lost', () => {
  const text = 'Hi {{visitor.name|you}}, {{visitor.nme}} and {{';
  const parts = templateParts(text);
  expect(parts).toEqual([
    { text: 'Hi ', kind: 'plain' },
    { text: '{{visitor.name|you}}', kind: 'variable' },
    { text: ', ', kind: 'plain' },
    { text: '{{visitor.nme}}', kind: 'fault' },
    { text: ' and ', kind: 'plain' },
    { text: '{{', kind: 'fault' },
  ]);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

describe('a fault is said with its repair', () => {
  it.each([
    ['Hello', undefined],
    ['{{visitor.frstName}}', 'There is no variable “visitor.frstName”. Do you mean visitor.firstName?'],
    ['{{firstname}}', 'There is no variable “firstname”. Do you mean visitor.firstName?'],
    ['{{weather}}', 'There is no variable “weather”.'],
    ['{{}}', 'The braces {{ }} are empty: write a variable’s name into them.'],
    ['Hi {{visitor.name', 'A variable begins with {{ and does not end: write }} after its name.'],
    ['visitor.name}}', 'There is a }} without a {{ before it.'],
  ])('%s', (text, words) => {
    expect(templateErrorWords(text)).toBe(words);
  });
});
