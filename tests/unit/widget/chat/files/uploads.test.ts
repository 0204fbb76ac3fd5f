import { afterEach, describe, expect, it } from 'vitest';
import { createProgress } from '../../../../../widget/chat/chat-parts.ts';
import { createUploads, type UploadReply, type Uploads } from '../../../../../widget/chat/files/uploads.ts';
import { type OutboxFile, type OutboxItem, withoutFile } from '../../../../../widget/outbox-item.ts';
import { createFakeClock, settle } from '../../fake-clock.ts';

const file = (key: string): OutboxFile => ({
  key,
  name: `${key}.png`,
  mime: 'image/png',
  sizeBytes: 3,
  widthPx: null,
  heightPx: null,
  blob: new Blob(['abc']),
  fileId: null,
  error: null,
});
const message = (clientId: string, keys: string[]): OutboxItem => ({
  clientId,
  order: 1,
  task: { kind: 'message', text: 'look', files: keys.map(file), conversationId: 'cnv_1', draftId: null },
  composedAtMs: 0,
  tries: 0,
  firstTryAtMs: null,
  state: 'pending',
  error: null,
});
const uploaded = (key: string): UploadReply => ({
  ok: true,
  file: { id: `fil_${key}`, name: key, mime: 'image/png', sizeBytes: 3, widthPx: null, heightPx: null },
});

const open: Uploads[] = [];
afterEach(() => {
  for (const uploads of open.splice(0)) uploads.close();
});

/** Uploads of what the outbox holds; the server answers when told. */
function createStory(items: OutboxItem[]) {
  const clock = createFakeClock();
  const progress = createProgress();
  const requests: Array<{
    key: string;
    tell(share: number): void;
    answer(reply: UploadReply): void;
    isGivenUp(): boolean;
  }> = [];
  let held = items;
  const line = { isUp: true };
  const outbox = {
    items: () => held,
    async change(clientId: string, change: (item: OutboxItem) => OutboxItem | null) {
      held = held.flatMap((item) => (item.clientId === clientId ? (change(item) ?? []) : item));
      uploads.check();
    },
  };
  const uploads = createUploads({
    outbox,
    clock,
    random: () => 0,
    progress,
    connected: async () => line.isUp,
    exclusively: (work) => work(),
    onUploaded() {},
    report(error) {
      throw error;
    },
    send: ({ key }, tell, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('given up')));
        requests.push({ key, tell, answer: resolve, isGivenUp: () => signal.aborted });
      }),
  });
  open.push(uploads);
  const files = () => held.flatMap(({ task }) => (task.kind === 'message' ? (task.files ?? []) : []));
  return { clock, progress, requests, outbox, uploads, line, files, items: () => held };
}

describe('uploads', () => {
  it('bring one file after the other to the server and tell how far they are', async () => {
    const { uploads, requests, progress, files } = createStory([message('m1', ['a', 'b'])]);
    uploads.check();
    await settle();
    expect(requests.map(({ key }) => key)).toEqual(['a']);
    requests[0]?.tell(0.5);
    expect(progress.of('a')).toBe(0.5);
    requests[0]?.answer(uploaded('a'));
    await settle();
    requests[1]?.answer(uploaded('b'));
    await settle();
    expect(files().map(({ fileId }) => fileId)).toEqual(['fil_a', 'fil_b']);
    expect(progress.of('a')).toBeNull();
  });

  it('a refused file fails its message, says why at the file, and keeps the words', async () => {
    const { uploads, requests, items, files } = createStory([message('m1', ['a'])]);
    uploads.check();
    await settle();
    requests[0]?.answer({ ok: false, error: 'unsupported_file' });
    await settle();
    expect(items()[0]).toMatchObject({ state: 'failed', error: null, task: { text: 'look' } });
    expect(files()[0]?.error).toBe('unsupported_file');
    expect(requests).toHaveLength(1);
  });

  it('a file that is taken out is given up, and the next one goes', async () => {
    const { uploads, requests, outbox } = createStory([message('m1', ['a', 'b'])]);
    uploads.check();
    await settle();
    await outbox.change('m1', (item) => withoutFile(item, 'a'));
    await settle();
    expect(requests[0]?.isGivenUp()).toBe(true);
    expect(requests.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('are tried again while the network is bad, and call the message failed in the end', async () => {
    const { uploads, requests, clock, items, files } = createStory([message('m1', ['a'])]);
    uploads.check();
    for (let seconds = 0; seconds < 60 && items()[0]?.state === 'pending'; seconds += 5) {
      await settle();
      requests.at(-1)?.answer({ ok: false, error: 'unavailable' });
      await clock.turn(5_000);
    }
    expect(requests.length).toBeGreaterThanOrEqual(3);
    expect(items()[0]).toMatchObject({ state: 'failed', error: 'unavailable' });
    expect(files()[0]).toMatchObject({ error: null, fileId: null });
    expect(clock.waiting()).toBe(0);
  });

  it('wait for a connection', async () => {
    const { uploads, requests, clock, line } = createStory([message('m1', ['a'])]);
    line.isUp = false;
    uploads.check();
    await settle();
    expect(requests).toHaveLength(0);
    line.isUp = true;
    await clock.turn(2_000);
    expect(requests).toHaveLength(1);
  });
});
