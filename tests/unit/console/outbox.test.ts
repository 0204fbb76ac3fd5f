import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, type PendingMessage, type WrittenMessage } from '../../../console/outbox.ts';
import type { Refusal } from '../../../shared/errors.ts';
import { keptInMemory } from './kept-in-memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function agentTab(kept = keptInMemory()) {
  const line = {
    online: true,
    sent: [] as string[],
    answers: [] as Array<Refusal | null>,
  };
  const outbox = createOutbox({
    async send(message: PendingMessage) {
      line.sent.push(`${message.clientId}: ${message.text}`);
      await Promise.resolve();
      return line.answers.shift() ?? null;
    },
    isOnline: () => line.online,
    kept,
  });
  const phases = () => outbox.pending.value.map(({ clientId, state }) => `${clientId} ${state.phase}`);
  return { outbox, line, kept, phases };
}
const message = (clientId: string, text = 'Hello', conversationId = 'cnv_a'): WrittenMessage => ({
  clientId,
  conversationId,
  kind: 'message',
  text,
  files: [],
  mentions: [],
});
const refused = (error: Refusal['error'], more: Partial<Refusal> = {}): Refusal => ({
  ok: false,
  error,
  ...more,
});

it('shows a message at once and forgets it when the log has it', async () => {
  const { outbox, phases, kept } = agentTab();
  outbox.add(message('m1'));
  expect(phases()).toEqual(['m1 sending']);
  await vi.runAllTimersAsync();
  expect(phases()).toEqual([]);
  expect(kept.texts.size).toBe(0);
});

it('sends one after the other, in the order in which they were written', async () => {
  const { outbox, line } = agentTab();
  line.answers = [refused('unavailable'), null, null];
  outbox.add(message('m1'));
  outbox.add(message('m2'));
  await vi.runAllTimersAsync();
  expect(line.sent).toEqual(['m1: Hello', 'm1: Hello', 'm2: Hello']);
});

it('says when all of a conversation is sent, and when that will not be', async () => {
  const { outbox, line } = agentTab();
  expect(outbox.allSent('cnv_a')).toBe(true);
  outbox.add(message('m1'));
  outbox.add(message('m2'));
  expect(outbox.allSent('cnv_b')).toBe(true);
  const told: unknown[] = [];
  void Promise.resolve(outbox.allSent('cnv_a')).then((sent) => told.push(sent));
  await vi.runAllTimersAsync();
  expect({ told, sent: line.sent.length }).toEqual({ told: [true], sent: 2 });

  line.answers = [refused('too_large')];
  outbox.add(message('m3'));
  expect(await outbox.allSent('cnv_a')).toBe(false);
});

describe('without a line', () => {
  it('waits, and sends when the line is back', async () => {
    const { outbox, line, phases } = agentTab();
    line.online = false;
    outbox.add(message('m1'));
    await vi.runAllTimersAsync();
    expect(phases()).toEqual(['m1 waiting']);
    expect(line.sent).toEqual([]);
    line.online = true;
    outbox.resume();
    await vi.runAllTimersAsync();
    expect(phases()).toEqual([]);
  });

  it('holds a message whose reply was cut off, and repeats it with the same id', async () => {
    const { outbox, line, phases } = agentTab();
    line.answers = [refused('unavailable')];
    outbox.add(message('m1'));
    line.online = false;
    await vi.advanceTimersByTimeAsync(0);
    expect(phases()).toEqual(['m1 waiting']);
    line.online = true;
    outbox.resume();
    await vi.runAllTimersAsync();
    expect(line.sent).toEqual(['m1: Hello', 'm1: Hello']);
    expect(phases()).toEqual([]);
  });

  it('a reload loses nothing', async () => {
    const before = agentTab();
    before.line.online = false;
    before.outbox.add(message('m1', 'written before the reload'));
    before.outbox.close();
    const after = agentTab(before.kept);
    expect(after.phases()).toEqual(['m1 waiting']);
    after.outbox.resume();
    await vi.runAllTimersAsync();
    expect(after.line.sent).toEqual(['m1: written before the reload']);
  });
});

describe('a message that cannot be sent', () => {
  it('fails after three tries on a live line; retry sends the same id again', async () => {
    const { outbox, line, phases } = agentTab();
    line.answers = [refused('internal'), refused('internal'), refused('internal'), null];
    outbox.add(message('m1'));
    await vi.runAllTimersAsync();
    expect(phases()).toEqual(['m1 failed']);
    outbox.retry('m1');
    await vi.runAllTimersAsync();
    expect(line.sent).toEqual(Array.from({ length: 4 }, () => 'm1: Hello'));
    expect(phases()).toEqual([]);
  });

  it('fails at once when no repeat can help, and lets the next one through', async () => {
    const { outbox, line, phases } = agentTab();
    line.answers = [refused('too_large')];
    outbox.add(message('m1'));
    outbox.add(message('m2'));
    await vi.runAllTimersAsync();
    expect(phases()).toEqual(['m1 failed']);
    expect(line.sent).toEqual(['m1: Hello', 'm2: Hello']);
    expect(outbox.withdraw('m1')).toMatchObject({ text: 'Hello', kind: 'message' });
    expect(phases()).toEqual([]);
  });

  it('waits as long as a rate limit says', async () => {
    const { outbox, line } = agentTab();
    line.answers = [refused('rate_limited', { retryAfterMs: 20_000 })];
    outbox.add(message('m1'));
    await vi.advanceTimersByTimeAsync(19_999);
    expect(line.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(line.sent).toHaveLength(2);
  });
});

it('a message that the log brings back is settled although its reply never came', async () => {
  const { outbox, line, phases } = agentTab();
  line.answers = [refused('unavailable')];
  outbox.add(message('m1'));
  outbox.add(message('m2'));
  outbox.settle('m1');
  await vi.advanceTimersByTimeAsync(0);
  expect(phases()).toEqual([]);
  expect(line.sent).toEqual(['m1: Hello', 'm2: Hello']);
});

it('starts empty from what it cannot read, and stops without a timer', async () => {
  const kept = keptInMemory();
  kept.write('outbox', '[{"clientId":1},');
  const { outbox, line } = agentTab(kept);
  expect(outbox.pending.value).toEqual([]);
  line.answers = [refused('internal')];
  outbox.add(message('m1'));
  await vi.advanceTimersByTimeAsync(10);
  outbox.close();
  outbox.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('a note with its files and mentions outlives a reload as it was', () => {
  const kept = keptInMemory();
  const file = {
    id: 'fil_1',
    name: 'a.pdf',
    mime: 'application/pdf',
    sizeBytes: 9,
    widthPx: null,
    heightPx: null,
  };
  const note: WrittenMessage = { ...message('m1'), kind: 'note', files: [file], mentions: ['agt_jonas'] };
  const before = agentTab(kept);
  before.line.online = false;
  before.outbox.add(note);
  before.outbox.close();
  expect(agentTab(kept).outbox.pending.value).toMatchObject([note]);
});
