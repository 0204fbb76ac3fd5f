import { describe, expect, it } from 'vitest';
import type { FormField } from '../../../../shared/model/site.ts';
import { formAnswers, formFault, formFaults } from '../../../../widget/form/form-faults.ts';

const field = (kind: FormField['kind'], required = true): FormField => ({
  id: kind,
  label: kind,
  kind,
  required,
  options: kind === 'choice' ? ['Sales', 'Service'] : [],
});

describe('an answer', () => {
  it.each<[FormField['kind'], string, string | null]>([
    ['text', 'Ada', null],
    ['text', '   ', 'missing'],
    ['text', 'x'.repeat(2_001), 'too_long'],
    ['email', 'ada@example.com', null],
    ['email', 'ada@example', 'no_email'],
    ['email', 'ada example.com', 'no_email'],
    ['phone', '+49 (30) 123-456', null],
    ['phone', 'call me', 'no_phone'],
    ['phone', '12', 'no_phone'],
    ['choice', '', 'missing'],
    ['choice', 'Sales', null],
    ['checkbox', '', 'unticked'],
    ['checkbox', 'yes', null],
  ])('to a required %s: %j is %s', (kind, answer, fault) => {
    expect(formFault(field(kind), answer)).toBe(fault);
  });

  it('may be missing where it is not required, and wrong nowhere', () => {
    expect(formFault(field('email', false), '')).toBeNull();
    expect(formFault(field('checkbox', false), '')).toBeNull();
    expect(formFault(field('email', false), 'ada')).toBe('no_email');
  });
});

it('tells faults in the order of the form', () => {
  const fields = [field('text'), field('email'), field('checkbox')];
  expect([...formFaults(fields, { email: 'no' })]).toEqual([
    ['text', 'missing'],
    ['email', 'no_email'],
    ['checkbox', 'unticked'],
  ]);
});

it('sends what was answered, trimmed, and nothing of fields that are no longer asked', () => {
  expect(formAnswers([field('text'), field('email')], { text: ' Ada ', email: ' ', old: 'x' })).toEqual({
    text: 'Ada',
  });
});
