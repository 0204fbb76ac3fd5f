import { expect, it } from 'vitest';
import { nameHeader } from '../../../../console/inbox/file-transfer.ts';

it('every name can stand in a header, also one that is no text', () => {
  expect(nameHeader('Größe 😀.pdf')).toBe('Gr%C3%B6%C3%9Fe%20%F0%9F%98%80.pdf');
  expect(nameHeader('half \ud83d.png')).toBe('half%20%EF%BF%BD.png');
  expect(nameHeader('')).toBe('pasted');
});
