import { expect, it } from 'vitest';
import { initials } from '../../../../widget/ui/avatar.tsx';

it.each([
  ['Ada Lovelace', 'AL'],
  ['Ada', 'A'],
  ['  maria  del   carmen ', 'MC'],
  ['李小龙', '李'],
  ['😀 Smile', '😀S'],
  ['', ''],
])('%s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
