import * as library from 'socket.io-parser';
import { expect, it } from 'vitest';
import * as lean from '../../../../widget/lean/text-parser.ts';

const packets = [
  { type: 0, nsp: '/visitor', data: { token: 'vt_1' } },
  { type: 1, nsp: '/visitor' },
  { type: 2, nsp: '/visitor', data: ['message:send', { text: 'a,b[1]"7' }], id: 12 },
  { type: 2, nsp: '/', data: ['fact', 1, null, 'Ünï 😀'] },
  { type: 3, nsp: '/visitor', data: [{ ok: true }], id: 0 },
  { type: 4, nsp: '/visitor', data: { message: 'unknown_site' } },
];

function decode(decoder: library.Decoder | lean.Decoder, text: string) {
  let decoded: unknown;
  const listen = (packet: unknown) => {
    decoded = packet;
  };
  if (decoder instanceof lean.Decoder) decoder.on('decoded', listen);
  else decoder.on('decoded', listen);
  decoder.add(text);
  return decoded;
}

it.each(packets)('writes and reads as the library does: %o', (packet) => {
  const [ours] = new lean.Encoder().encode(packet);
  const [theirs] = new library.Encoder().encode(packet);
  expect(ours).toBe(theirs);
  expect(decode(new lean.Decoder(), String(theirs))).toEqual(packet);
  expect(decode(new library.Decoder(), String(ours))).toMatchObject(packet);
});

it.each(['', 'x', '9', '2', '2{}', '2[1]', '3{}', '2[', '5["bytes"]', '1["x"]'])('refuses %s', (text) => {
  expect(() => new lean.Decoder().add(text)).toThrow();
});

it('refuses bytes', () => {
  expect(() => new lean.Decoder().add(new ArrayBuffer(4))).toThrow();
});
