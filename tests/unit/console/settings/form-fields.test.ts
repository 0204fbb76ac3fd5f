import { expect, it } from 'vitest';
import { fieldId, formFaults, newField } from '../../../../console/settings/form-fields.ts';
import type { FormField } from '../../../../shared/model/site.ts';

const field = (part: Partial<FormField>): FormField => ({
  id: 'x',
  label: 'Order',
  kind: 'text',
  required: false,
  options: [],
  ...part,
});

it('name and address are there at most once, and are asked as what they are', () => {
  const name = newField('name', []);
  expect(name).toMatchObject({ id: 'name', kind: 'text' });
  expect(newField('email', [])).toMatchObject({ id: 'email', kind: 'email' });
  expect(newField('name', name ? [name] : [])).toBeNull();
});

it('a label gives the id: plain, not taken, never that of the visitor’s own name', () => {
  expect(fieldId('Order number', [])).toBe('order_number');
  expect(fieldId('Order number', ['order_number'])).toBe('order_number_2');
  expect(fieldId('Straße & Größe', [])).toBe('stra_e_gro_e');
  expect(fieldId('2nd address', [])).toBe('nd_address');
  expect(fieldId('注文番号', [])).toBe('field');
  expect(fieldId('Name', [])).toBe('name_field');
});

it('what is wrong is told at the field', () => {
  const faults = formFaults([
    field({ label: 'Order' }),
    field({ label: ' order ' }),
    field({ label: '' }),
    field({ label: 'Size', kind: 'choice', options: ['', ''] }),
    field({ label: 'Colour', kind: 'choice', options: ['Red', 'Red '] }),
    field({ label: 'Shape', kind: 'choice', options: ['Round'] }),
  ]);
  expect(faults).toEqual({
    'chat.form.fields.1.label': 'Another field asks the same.',
    'chat.form.fields.2.label': 'Write what visitors are asked.',
    'chat.form.fields.3.options': 'Write at least one answer to choose from.',
    'chat.form.fields.4.options': 'Two answers are the same.',
  });
});
