import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type HostileVisitor, tab } from './hostile-visitor.ts';
import { page, size } from './recorded-page.ts';
import { many, type StreamPayload } from './stream-payloads.ts';

/** Bytes that are no batch, and facts that no recorder tells. */

const honest = () => Buffer.from(JSON.stringify([page(), size]));
const whole = () => deflateRawSync(honest());
const bomb = (bytes: number) => deflateRawSync(Buffer.alloc(bytes, '[[[[ '), { level: 9 });
/** Deflated so that it grows about a thousand times, and inside of it the same again: nobody may inflate twice. */
const nestedBomb = () => deflateRawSync(bomb(60 * 1024 * 1024));

export const damagedPayloads: readonly StreamPayload[] = [
  { name: 'no bytes', bytes: () => [new Uint8Array(0)] },
  { name: 'one byte', bytes: () => [new Uint8Array([1])] },
  { name: 'noise', bytes: () => [Uint8Array.from(many(2_000, (at) => (at * 7_919) % 251))] },
  { name: 'cut in the middle', bytes: () => [whole().subarray(0, 100)] },
  { name: 'bytes after the end', bytes: () => [Buffer.concat([whole(), Buffer.from('more')])] },
  { name: 'zlib', bytes: () => [deflateSync(honest())] },
  { name: 'gzip', bytes: () => [gzipSync(honest())] },
  { name: 'plain JSON', bytes: () => [honest()] },
  { name: 'no JSON', bytes: () => [deflateRawSync(Buffer.from('<script>alert(1)</script>'))] },
  { name: 'no UTF-8', bytes: () => [deflateRawSync(Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]))] },
  { name: 'half a pair', bytes: () => [deflateRawSync(Buffer.from('["\\ud800"]'))] },
  {
    name: 'deep JSON',
    bytes: () => [deflateRawSync(Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)))],
  },
  {
    name: 'deep JSON that does not end',
    bytes: () => [deflateRawSync(Buffer.from('{"a":'.repeat(100_000)))],
  },
  { name: 'a bomb of 70 MB', bytes: () => [bomb(70 * 1024 * 1024)] },
  { name: 'a bomb of 100 MB', bytes: () => [bomb(100 * 1024 * 1024)] },
  { name: 'a bomb in a bomb', bytes: () => [nestedBomb()] },
  { name: 'a bomb as the second batch', bytes: () => [whole(), bomb(70 * 1024 * 1024)] },
  {
    name: 'a batch made with another dictionary',
    bytes: () => [
      whole(),
      deflateRawSync(Buffer.from('[{"type":3}]'), {
        dictionary: Buffer.from('[{"type":3,"data":{"source":0}}]'),
      }),
    ],
  },
  { name: 'changed bits', bytes: () => [whole().map((byte, at) => (at % 97 === 50 ? byte ^ 0xff : byte))] },
  { name: 'reserved kind of block', bytes: () => [new Uint8Array([0x07, 0, 0, 0])] },
];

/** What is wrong with the facts themselves. The relay drops them or cuts the line; an honest epoch comes after each. */
export interface WireAttack {
  name: string;
  attack(visitor: HostileVisitor): void;
}

const deflated = () => deflateRawSync(honest());
const startOf = (visitor: HostileVisitor, more: object = {}) => ({
  tab,
  epoch: visitor.nextEpoch(),
  reason: 'wanted',
  ...more,
});
const batchOf = (visitor: HostileVisitor, more: object = {}) => ({
  tab,
  epoch: visitor.nextEpoch() - 1,
  batch: 1,
  part: 0,
  parts: 1,
  ...more,
});
const sends =
  (name: string, header: (visitor: HostileVisitor) => unknown, ...args: unknown[]): WireAttack['attack'] =>
  (visitor) =>
    visitor.sendAnything(name, header(visitor), ...args);

export const wireAttacks: readonly WireAttack[] = [
  { name: 'a batch again', attack: sends('batch:sent', (v) => batchOf(v, { batch: 0 }), deflated()) },
  {
    name: 'a batch of an epoch before',
    attack: sends('batch:sent', (v) => batchOf(v, { epoch: 0 }), deflated()),
  },
  {
    name: 'a batch of an epoch to come',
    attack: sends('batch:sent', (v) => batchOf(v, { epoch: 2 ** 30 }), deflated()),
  },
  { name: 'a batch too far', attack: sends('batch:sent', (v) => batchOf(v, { batch: 7 }), deflated()) },
  {
    name: 'a part that is none',
    attack: sends('batch:sent', (v) => batchOf(v, { part: 3, parts: 2 }), deflated()),
  },
  { name: 'too many parts', attack: sends('batch:sent', (v) => batchOf(v, { parts: 10_000 }), deflated()) },
  { name: 'no parts', attack: sends('batch:sent', (v) => batchOf(v, { parts: 0 }), deflated()) },
  {
    name: 'parts that never end',
    attack: (v) => {
      for (let part = 0; part < 5; part += 1)
        v.sendAnything('batch:sent', batchOf(v, { part, parts: 64 }), new Uint8Array(10));
    },
  },
  { name: 'an epoch from before', attack: sends('epoch:started', (v) => startOf(v, { epoch: 0 })) },
  {
    name: 'the same epoch again',
    attack: sends('epoch:started', (v) => startOf(v, { epoch: v.nextEpoch() - 1 })),
  },
  {
    name: 'a hundred epochs',
    attack: (v) => {
      for (let at = 0; at < 100; at += 1) v.sendEpoch([]);
    },
  },
  {
    name: 'an epoch with a reason of its own',
    attack: sends('epoch:started', (v) => startOf(v, { reason: '<img src=x onerror=alert(1)>' })),
  },
  {
    name: 'an epoch with more fields',
    attack: sends('epoch:started', (v) => startOf(v, { agent: 'agt_x' })),
  },
  { name: 'a fraction as epoch', attack: sends('epoch:started', (v) => startOf(v, { epoch: 1.5 })) },
  {
    name: 'an enormous epoch',
    attack: sends('epoch:started', (v) => startOf(v, { epoch: Number.MAX_SAFE_INTEGER })),
  },
  { name: 'a negative batch', attack: sends('batch:sent', (v) => batchOf(v, { batch: -1 }), deflated()) },
  { name: 'a batch without bytes', attack: sends('batch:sent', (v) => batchOf(v)) },
  { name: 'a batch of text', attack: sends('batch:sent', (v) => batchOf(v), 'text') },
  {
    name: 'a batch of 300 KB in one part',
    attack: sends('batch:sent', (v) => batchOf(v), new Uint8Array(300 * 1024)),
  },
  { name: 'a frame of 5 MB', attack: (v) => v.sendFrame(new Uint8Array(5 * 1024 * 1024)) },
  { name: 'a frame of nothing', attack: (v) => v.sendFrame(new Uint8Array(0)) },
  {
    name: 'a frame that lies about its length',
    attack: (v) => v.sendFrame(new Uint8Array([2, 0xff, 0xff, 1, 2, 3])),
  },
  { name: 'a frame of another kind', attack: (v) => v.sendFrame(new Uint8Array([0x7f, 0, 2, 0x5b, 0x5d])) },
  {
    name: 'a frame with a deep header',
    attack: (v) => v.sendFrame(Buffer.concat([Buffer.from([2, 0x0f, 0xa0]), Buffer.from('['.repeat(4_000))])),
  },
  {
    name: 'a frame that says it is an agent',
    attack: (v) =>
      v.sendFrame(
        Buffer.concat([
          Buffer.from([0, 0, 30]),
          Buffer.from('["/agent",null,{"accessToken":""}]').subarray(0, 30),
        ]),
      ),
  },
  { name: 'a fact of agents', attack: sends('epoch:restart', () => ({ tab, damaged: true })) },
  {
    name: 'a fact of the relay',
    attack: sends('tabs:changed', () => ({ tabs: [], shown: null, online: false })),
  },
  { name: 'a fact with a reserved name', attack: sends('__proto__', () => ({})) },
  { name: 'a fact that is none', attack: sends('x'.repeat(1_000), () => ({})) },
  {
    name: "another tab's batch",
    attack: sends('batch:sent', (v) => batchOf(v, { tab: 'tab-other' }), deflated()),
  },
  {
    name: 'a tab with a script as address',
    attack: sends('tab:changed', () => ({
      tab,
      page: { url: 'javascript:alert(1)', title: '<img src=x onerror=alert(1)>' },
      focused: true,
      hidden: false,
      widthPx: 1,
      heightPx: 1,
    })),
  },
  {
    name: 'a tab with a long title',
    attack: sends('tab:changed', () => ({
      tab,
      page: { url: 'http://shop.test/', title: 'x'.repeat(40_000) },
      focused: true,
      hidden: false,
      widthPx: 1,
      heightPx: 1,
    })),
  },
  {
    name: 'a tab that is enormous',
    attack: sends('tab:changed', () => ({
      tab,
      page: { url: 'http://shop.test/', title: '' },
      focused: true,
      hidden: false,
      widthPx: 1e12,
      heightPx: 1e12,
    })),
  },
  {
    name: 'an asset that is not what it says',
    attack: sends(
      'asset:sent',
      () => ({ id: 'ab'.repeat(32), mime: 'image/png', part: 0, parts: 1 }),
      Buffer.from('<script>alert(1)</script>'),
    ),
  },
  {
    name: 'an asset of HTML',
    attack: sends(
      'asset:sent',
      () => ({ id: 'ab'.repeat(32), mime: 'text/html', part: 0, parts: 1 }),
      Buffer.from('<script>alert(1)</script>'),
    ),
  },
  {
    name: 'an asset by a path',
    attack: sends(
      'asset:sent',
      () => ({ id: '../../etc/passwd', mime: 'image/png', part: 0, parts: 1 }),
      Buffer.from('x'),
    ),
  },
  {
    name: 'an asset in too many parts',
    attack: sends(
      'asset:sent',
      () => ({ id: 'cd'.repeat(32), mime: 'image/png', part: 0, parts: 10_000 }),
      Buffer.from('x'),
    ),
  },
  {
    name: 'an asset begun a hundred times',
    attack: (v) => {
      for (let at = 0; at < 100; at += 1)
        v.sendAnything(
          'asset:sent',
          { id: at.toString(16).padStart(64, '0'), mime: 'image/png', part: 0, parts: 2 },
          Buffer.from('x'),
        );
    },
  },
];
