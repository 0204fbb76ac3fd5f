import { expect, it } from 'vitest';
import { formEntry } from '../../../../server/domain/form-entry.ts';
import { defaultSiteSettings, type FormField } from '../../../../shared/model/site.ts';

const field = (id: string, label: string, more: Partial<FormField> = {}): FormField => ({
  id,
  label,
  kind: 'text',
  required: false,
  options: [],
  ...more,
});

function settings(fields: FormField[], mode: 'optional' | 'required' = 'optional') {
  const site = defaultSiteSettings('Shop', []);
  return { ...site, chat: { ...site.chat, form: { on: true, fields } }, identity: { mode } };
}
const filled = (values: Record<string, string>, site = settings([]), consent: string | null = null) =>
  formEntry(site, { values, consent }).form;

it('answers stand in the order of the site’s fields, with their labels; name and address become the visitor’s', () => {
  const site = settings([field('order', 'Order number'), field('name', 'Your name')]);
  expect(filled({ name: ' Eve ', order: 'A-1', email: 'Eve@Example.com' }, site, 'I agree')).toEqual({
    payload: {
      fields: [
        { label: 'Order number', value: 'A-1' },
        { label: 'Your name', value: 'Eve' },
        { label: 'E-mail', value: 'Eve@Example.com' },
      ],
      consent: 'I agree',
    },
    change: { name: 'Eve', email: 'eve@example.com' },
  });
});

it('an address that is none is told at its field', () => {
  const site = settings([field('invoice', 'Invoices to', { kind: 'email' })]);
  const refusal = (field: string) => expect.objectContaining({ code: 'malformed', field });
  expect(() => filled({ email: 'eve@' })).toThrow(refusal('form.values.email'));
  expect(() => filled({ invoice: 'eve@' }, site)).toThrow(refusal('form.values.invoice'));
});

it('fields that are gone, empty answers and inherited names are left out; nothing at all is no entry', () => {
  expect(filled({ removed: 'x', name: '  ', toString: 'y' })).toBeUndefined();
});

it('a site that requires signed identities keeps the answers, and takes no name or address from them', () => {
  const form = filled({ name: 'Eve' }, settings([], 'required'));
  expect(form).toEqual({ payload: { fields: [{ label: 'Name', value: 'Eve' }], consent: null }, change: {} });
});
