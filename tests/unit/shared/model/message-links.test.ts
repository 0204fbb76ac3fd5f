import { expect, it } from 'vitest';
import { linkPieces } from '../../../../shared/model/message-links.ts';

const links = (text: string) =>
  linkPieces(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));

it.each([
  ['See https://a.example/x.', 'https://a.example/x', 'https://a.example/x'],
  ['(https://a.example/b_(c))', 'https://a.example/b_(c)', 'https://a.example/b_(c)'],
  ['“https://a.example”', 'https://a.example', 'https://a.example/'],
  ['here:https://a.example/x', 'https://a.example/x', 'https://a.example/x'],
  ['go to www.shop.example, please', 'www.shop.example', 'https://www.shop.example/'],
  ['write to <ada@shop.example>!', 'ada@shop.example', 'mailto:ada@shop.example'],
  ['HTTP://A.EXAMPLE/Q?x=1&y=2#z', 'HTTP://A.EXAMPLE/Q?x=1&y=2#z', 'http://a.example/Q?x=1&y=2#z'],
])('%s links %s', (text, shown, href) => {
  expect(links(text)).toEqual([[shown, href]]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'plain words', 'a@b', 'https://'])(
  '%s is no link',
  (text) => {
    expect(links(text)).toEqual([]);
  },
);

it('loses no character of the text', () => {
  const text = 'a https://x.example, b@c.example; (www.d.example) <https://e.example>\nend';
  expect(
    linkPieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

it('stays quick on a text made to be slow', () => {
  const startMs = performance.now();
  linkPieces(`${'a.'.repeat(4_000)}@`);
  linkPieces(`a@${'a-.'.repeat(2_600)}`);
  linkPieces('('.repeat(8_000));
  linkPieces(`https://${')'.repeat(7_900)}x`);
  expect(performance.now() - startMs).toBeLessThan(500);
});
