import { expect, it } from 'vitest';
import { replaceWord, typedMention, typedShortcut } from '../../../../console/inbox/typed-word.ts';

/** `|` is the caret. */
const at = <T>(read: (text: string, caret: number) => T, text: string): T =>
  read(text.replace('|', ''), text.indexOf('|'));

it('a slash at the start or after a space begins a canned reply', () => {
  expect(at(typedShortcut, '/|')).toEqual({ from: 0, to: 1, query: '' });
  expect(at(typedShortcut, 'Hi /ref|und')).toEqual({ from: 3, to: 7, query: 'ref' });
  expect(at(typedShortcut, 'Hi\n/grüße|')?.query).toBe('grüße');
  for (const text of ['and/or|', 'https://|', '/usr/bin|', 'Hi /ref |'])
    expect(at(typedShortcut, text)).toBeNull();
});

it('an at sign begins a mention, which may have several words', () => {
  expect(at(typedMention, '@Mira Ad|')).toEqual({ from: 0, to: 8, query: 'Mira Ad' });
  expect(at(typedMention, 'Ask (@|')?.query).toBe('');
  for (const text of ['ada@shop|', '@Mira\nhello|']) expect(at(typedMention, text)).toBeNull();
});

it('what is chosen takes the place of what was typed', () => {
  expect(replaceWord('Hi /ref there', { from: 3, to: 7 }, 'refund')).toEqual({
    text: 'Hi refund there',
    caret: 9,
  });
});
