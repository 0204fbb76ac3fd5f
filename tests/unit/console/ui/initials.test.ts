import { expect, it } from 'vitest';
import { initials } from '../../../../console/ui/avatar.tsx';

it.each([
  ['Ada King', 'AK'],
  ['Aïcha Benali-Østergård', 'AØ'],
  ['ada@shop.example', 'A'],
  ['李雷 王', '李'],
  ['🧡 Team', 'T'],
  ['', '?'],
])('%s is %s', (name, letters) => expect(initials(name)).toBe(letters));
