import { afterEach, describe, expect, it } from 'vitest';
import {
  createOutbox,
  type Outbox,
  type OutboxParts,
  type OutboxShelf,
  type Outcome,
} from '../../../widget/outbox.ts';
import {
  afterFailure,
  backoffMs,
  nextItems,
  type OutboxFile,
  type OutboxItem,
  placed,
  retried,
  withoutFile,
} from '../../../widget/outbox-item.ts';
import { createFakeClock, settle } from './fake-clock.ts';

const text = (words: string, place: { draftId?: string; conversationId?: string } = {}) => ({
  kind: 'message' as const,
  text: words,
  draftId: place.draftId ?? null,
  conversationId: place.conversationId ?? null,
});

function createShelf(kept = new Map<string, OutboxItem>()): OutboxShelf {
  return {
    all: async () => [...kept.values()],
    put: async (items) => {
      for (const item of items) kept.set(item.clientId, item);
    },
    remove: async (clientId) => {
      kept.delete(clientId);
    },
    drop() {},
    forget: async () => kept.clear(),
  };
}

const opened: Outbox[] = [];
afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.close();
});

/** An outbox whose server answers as told; a missing answer is a server that cannot be reached. */
function createStory(kept = new Map<string, OutboxItem>()) {
  const clock = createFakeClock();
  const sent: Array<{ clientId: string; conversationId: string | null }> = [];
  const answers = new Map<string, Outcome[]>();
  let arrives: Outcome | null = null;
  const delivered: string[] = [];
  const line = { isUp: true, turnsTaken: 0 };
  const parts: OutboxParts = {
    shelf: createShelf(kept),
    clock,
    random: () => 0,
    connected: async () => line.isUp,
    report(error) {
      throw error;
    },
    exclusively(work) {
      line.turnsTaken += 1;
      return work();
    },
    async deliver({ clientId, task }) {
      sent.push({ clientId, conversationId: task.kind === 'message' ? task.conversationId : null });
      return answers.get(clientId)?.shift() ?? arrives ?? { ok: false, error: 'unavailable' };
    },
    onChange: () => {},
    announce: () => {},
    onDelivered: (item) => delivered.push(item.clientId),
  };
  const outbox = createOutbox(parts);
  opened.push(outbox);
  return {
    parts,
    clock,
    kept,
    outbox,
    sent,
    delivered,
    line,
    states: () => outbox.items().map((item) => `${item.clientId} ${item.state}`),
    serverAnswers(clientId: string, ...outcomes: Outcome[]) {
      answers.set(clientId, outcomes);
    },
    serverIsBack(conversationId = 'cnv_1') {
      arrives = { ok: true, conversationId };
    },
  };
}

it('sends a message while it is being written', async () => {
  const kept = new Map<string, OutboxItem>();
  const story = createStory(kept);
  const shelf = createShelf(kept);
  let finish = () => {};
  const sent: string[] = [];
  const outbox = createOutbox({
    ...story.parts,
    shelf: {
      ...shelf,
      put: (items) =>
        new Promise((resolve) => {
          finish = () => resolve(shelf.put(items));
        }),
    },
    deliver: async ({ clientId }) => {
      sent.push(clientId);
      return { ok: true, conversationId: 'cnv_1' };
    },
  });
  opened.push(outbox);
  const added = outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
  await settle();
  expect(sent).toEqual(['m1']);
  finish();
  await added;
  await settle();
  // It was removed after it was written, not before.
  expect([...kept.keys()]).toEqual([]);
});

describe('the outbox', () => {
  it('keeps files that were picked and not sent for a week, and sends nothing of them', async () => {
    const dayMs = 24 * 3_600_000;
    const story = createStory();
    story.serverIsBack();
    await story.outbox.add('early', text(''), 'held');
    await story.clock.turn(2 * dayMs);
    await story.outbox.add('late', text(''), 'held');
    await story.clock.turn(6 * dayMs);
    await story.outbox.reload();
    expect([...story.kept.keys()]).toEqual(['late']);
    expect(story.states()).toEqual(['late held']);
    expect(story.sent).toEqual([]);
  });

  it('keeps a message until it is delivered', async () => {
    const story = createStory();
    story.serverIsBack();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await settle();
    expect(story.sent).toEqual([{ clientId: 'm1', conversationId: 'cnv_1' }]);
    expect(story.outbox.items()).toEqual([]);
    expect(story.kept.size).toBe(0);
  });

  it('repeats with the same client id until the server answers', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await settle();
    story.serverIsBack();
    await story.clock.turn(1_000);
    expect(story.sent.map((one) => one.clientId)).toEqual(['m1', 'm1']);
    expect(story.delivered).toEqual(['m1']);
  });

  it('starts one conversation for all messages of a draft, and sends the rest into it', async () => {
    const story = createStory();
    story.serverIsBack('cnv_new');
    await Promise.all([
      story.outbox.add('m1', text('one', { draftId: 'd' })),
      story.outbox.add('m2', text('two', { draftId: 'd' })),
      story.outbox.add('m3', text('three', { draftId: 'd' })),
    ]);
    await settle();
    expect(story.sent).toEqual([
      { clientId: 'm1', conversationId: null },
      { clientId: 'm2', conversationId: 'cnv_new' },
      { clientId: 'm3', conversationId: 'cnv_new' },
    ]);
  });

  it('calls a message failed after three tries and 20 s, and keeps its text', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await story.clock.turn(5_000);
    expect(story.states()).toEqual(['m1 pending']);
    await story.clock.turn(60_000);
    expect(story.states()).toEqual(['m1 failed']);
    expect(story.kept.get('m1')?.task).toMatchObject({ text: 'hello' });
    expect(story.clock.waiting()).toBe(0);
  });

  it('sends a failed message again, with the same client id, when the visitor asks', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await story.clock.turn(90_000);
    const triesBefore = story.sent.length;
    story.serverIsBack();
    await story.outbox.retry('m1');
    await settle();
    expect(story.sent.slice(triesBefore)).toEqual([{ clientId: 'm1', conversationId: 'cnv_1' }]);
    expect(story.outbox.items()).toEqual([]);
  });

  it('fails a refused message at once and goes on with the next', async () => {
    const story = createStory();
    story.serverIsBack();
    story.serverAnswers('m1', { ok: false, error: 'too_large' });
    await story.outbox.add('m1', text('x', { conversationId: 'cnv_1' }));
    await story.outbox.add('m2', text('y', { conversationId: 'cnv_1' }));
    await settle();
    expect(story.states()).toEqual(['m1 failed']);
    expect(story.delivered).toEqual(['m2']);
  });

  it('fails a whole draft together: a second message must not start a second conversation', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('one', { draftId: 'd' }));
    await story.outbox.add('m2', text('two', { draftId: 'd' }));
    await story.clock.turn(90_000);
    expect(story.states()).toEqual(['m1 failed', 'm2 failed']);
    expect(new Set(story.sent.map((one) => one.clientId))).toEqual(new Set(['m1']));
    story.serverIsBack('cnv_new');
    await story.outbox.retry('m2');
    await settle();
    expect(story.delivered).toEqual(['m1', 'm2']);
    expect(story.sent.at(-1)).toEqual({ clientId: 'm2', conversationId: 'cnv_new' });
  });

  it('believes the log when the reply was lost', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('one', { draftId: 'd' }));
    await settle();
    await story.outbox.confirm('m1', 'cnv_new');
    expect(story.outbox.items()).toEqual([]);
    expect(story.delivered).toEqual(['m1']);
  });

  it('leaves the turn to other tabs while it has no connection, and gives up all the same', async () => {
    const story = createStory();
    story.line.isUp = false;
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await story.clock.turn(60_000);
    expect(story.line.turnsTaken).toBe(0);
    expect(story.sent).toEqual([]);
    expect(story.states()).toEqual(['m1 failed']);
  });

  it('delivers once when the log and the reply tell of it together', async () => {
    const story = createStory();
    story.serverIsBack('cnv_new');
    await story.outbox.add('m1', text('one', { draftId: 'd' }));
    await Promise.all([story.outbox.confirm('m1', 'cnv_new'), story.outbox.confirm('m1', 'cnv_new')]);
    await settle();
    expect(story.delivered).toEqual(['m1']);
  });

  it('sends after a page load what the last page could not', async () => {
    const kept = new Map<string, OutboxItem>();
    const first = createStory(kept);
    await first.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await settle();
    first.outbox.close();
    const second = createStory(kept);
    second.serverIsBack();
    await second.outbox.reload();
    await settle();
    expect(second.delivered).toEqual(['m1']);
  });

  it('does not wait out its pause when the connection is back', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await settle();
    story.serverIsBack();
    story.outbox.nudge();
    await settle();
    expect(story.delivered).toEqual(['m1']);
  });

  it('tries a stop of a co-browse session for ever, and drops it when there is nothing to stop', async () => {
    const story = createStory();
    await story.outbox.add('stop', { kind: 'cobrowse_stop', sessionId: 'cbs_1' });
    await story.clock.turn(10 * 60_000);
    expect(story.states()).toEqual(['stop pending']);
    story.serverAnswers('stop', { ok: false, error: 'wrong_phase' });
    await story.clock.turn(60_000);
    expect(story.outbox.items()).toEqual([]);
  });

  it('does not send what was deleted while it rested', async () => {
    const story = createStory();
    await story.outbox.add('m1', text('hello', { conversationId: 'cnv_1' }));
    await settle();
    await story.outbox.remove('m1');
    story.serverIsBack();
    await story.clock.turn(60_000);
    expect(story.sent).toHaveLength(1);
  });
});

describe('a visitor who is forgotten', () => {
  it('leaves no message for the next one, in this tab or another', async () => {
    const kept = new Map<string, OutboxItem>();
    const [here, there] = [createStory(kept), createStory(kept)];
    there.line.isUp = false;
    await there.outbox.add('m1', text('private words', { conversationId: 'cnv_1' }));
    await here.outbox.reload();
    await here.outbox.forget();
    there.outbox.drop();
    for (const story of [here, there]) {
      story.line.isUp = true;
      story.serverIsBack();
      story.outbox.nudge();
      await story.clock.turn(60_000);
      expect(story.outbox.items()).toEqual([]);
    }
    expect(there.sent).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('is not followed by what was being read or written for the one before', async () => {
    const kept = new Map<string, OutboxItem>();
    const story = createStory(kept);
    story.line.isUp = false;
    await story.outbox.add('m1', text('private words', { conversationId: 'cnv_1' }));
    const reading = story.outbox.reload();
    const writing = story.outbox.add('m2', text('more of them', { conversationId: 'cnv_1' }));
    story.outbox.drop();
    kept.clear();
    await Promise.all([reading, writing]);
    expect(story.outbox.items()).toEqual([]);
    expect(kept.size).toBe(0);
  });
});

describe('outbox rules', () => {
  const item = (clientId: string, order: number, task: OutboxItem['task']): OutboxItem => ({
    clientId,
    order,
    task,
    composedAtMs: 0,
    tries: 0,
    firstTryAtMs: null,
    state: 'pending',
    error: null,
  });

  it('sends one item a line, oldest first', () => {
    const items = [
      item('b', 2, text('', { conversationId: 'cnv_1' })),
      item('a', 1, text('', { conversationId: 'cnv_1' })),
      item('c', 3, text('', { draftId: 'd' })),
      item('s', 4, { kind: 'survey_dismiss', conversationId: 'cnv_1', surveyId: 'srv_1' }),
    ];
    expect(nextItems(items).map((one) => one.clientId)).toEqual(['a', 'c', 's']);
  });

  it('lets the next message of a draft start the conversation when the first was refused for good', () => {
    const first = item('a', 1, text('', { draftId: 'd' }));
    const items = [first, item('b', 2, text('', { draftId: 'd' }))];
    const changed = afterFailure(items, first, 'malformed', 0);
    expect(changed?.map((one) => `${one.clientId} ${one.state}`)).toEqual(['a failed']);
  });

  it('retries only the one message when its conversation exists', () => {
    const failed = ['a', 'b'].map((id, index) => ({
      ...item(id, index, text('', { conversationId: 'cnv_1' })),
      state: 'failed' as const,
    }));
    expect(retried(failed, 'b').map((one) => one.clientId)).toEqual(['b']);
  });

  it('moves only its own draft into a conversation', () => {
    const items = [item('a', 1, text('', { draftId: 'd' })), item('b', 2, text('', { draftId: 'e' }))];
    expect(placed(items, 'd', 'cnv_1').map((one) => one.clientId)).toEqual(['a']);
  });

  it('pauses from 1 s to 30 s, with up to half taken off', () => {
    expect([1, 2, 3, 9].map((tries) => backoffMs(tries, 0))).toEqual([1_000, 2_000, 4_000, 30_000]);
    expect(backoffMs(2, 1)).toBe(1_000);
  });
});

describe('files of a message', () => {
  const file = (key: string, fileId: string | null = null): OutboxFile => ({
    key,
    name: `${key}.png`,
    mime: 'image/png',
    sizeBytes: 3,
    widthPx: 1,
    heightPx: 1,
    blob: new Blob(['abc']),
    fileId,
    error: null,
  });
  const withFiles = (words: string, files: OutboxFile[]) => ({
    ...text(words, { conversationId: 'cnv_1' }),
    files,
  });

  it('hold the message and those behind it up, in order, until they are uploaded', async () => {
    const story = createStory();
    story.serverIsBack();
    await story.outbox.add('m1', withFiles('look', [file('a')]));
    await story.outbox.add('m2', text('and this', { conversationId: 'cnv_1' }));
    await story.outbox.add('m3', text('elsewhere', { conversationId: 'cnv_2' }));
    await settle();
    expect(story.sent.map(({ clientId }) => clientId)).toEqual(['m3']);
    await story.outbox.change('m1', (item) => ({ ...item, task: withFiles('look', [file('a', 'fil_1')]) }));
    await settle();
    expect(story.sent.map(({ clientId }) => clientId)).toEqual(['m3', 'm1', 'm2']);
  });

  it('can be taken out; a message of that file alone goes with it', () => {
    const item = (words: string): OutboxItem => ({
      clientId: 'm1',
      order: 1,
      task: withFiles(words, [file('a')]),
      composedAtMs: 0,
      tries: 0,
      firstTryAtMs: null,
      state: 'failed',
      error: 'unsupported_file',
    });
    expect(withoutFile(item('words stay'), 'a')?.task).toMatchObject({ text: 'words stay', files: [] });
    expect(withoutFile(item(''), 'a')).toBeNull();
  });
});

describe('a change of a message', () => {
  const edit = (words: string) => ({ kind: 'edit' as const, conversationId: 'cnv_1', seq: 4, text: words });

  it('that is refused stays in sight with what was typed', async () => {
    const story = createStory();
    story.serverAnswers('e1', { ok: false, error: 'too_late' });
    await story.outbox.add('e1', edit('better words'));
    await settle();
    expect(story.outbox.items()[0]).toMatchObject({
      state: 'failed',
      error: 'too_late',
      task: edit('better words'),
    });
  });

  it('waits for an earlier change of the same message, and for no other', async () => {
    const story = createStory();
    await story.outbox.add('e1', edit('one'));
    await story.outbox.add('e2', edit('two'));
    await story.outbox.add('e3', { ...edit('other'), seq: 5 });
    await settle();
    expect(story.sent.map(({ clientId }) => clientId)).toEqual(['e1', 'e3']);
  });
});

it('a failed message remembers which later one arrived first, until it is tried again', async () => {
  const story = createStory();
  story.serverAnswers('m1', { ok: false, error: 'malformed' });
  story.serverAnswers('m2', { ok: true, conversationId: 'cnv_1' });
  await story.outbox.add('m1', text('first', { conversationId: 'cnv_1' }));
  await story.outbox.add('m2', text('second', { conversationId: 'cnv_1' }));
  await settle();
  expect(story.outbox.items()).toMatchObject([{ clientId: 'm1', state: 'failed', passedBy: 'm2' }]);
  await story.outbox.retry('m1');
  expect(story.outbox.items()[0]?.passedBy).toBeUndefined();
});
