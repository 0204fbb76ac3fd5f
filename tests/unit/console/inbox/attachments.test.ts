import { expect, it } from 'vitest';
import { type AttachmentPlace, createAttachments } from '../../../../console/inbox/attachments.ts';
import type { UploadParts } from '../../../../console/inbox/file-transfer.ts';
import type { Refusal } from '../../../../shared/errors.ts';
import type { ChatFile } from '../../../../shared/model/chat-file.ts';

type Answer = { ok: true; file: ChatFile } | Refusal;

/** A draft whose uploads are answered by hand. */
function desk() {
  const uploads: Array<UploadParts & { answer(answer: Answer): void }> = [];
  const freed: string[] = [];
  const attachments = createAttachments({
    upload: (parts) =>
      new Promise((resolve) => {
        uploads.push({ ...parts, answer: resolve });
      }),
    accessToken: () => Promise.resolve('token'),
    previews: { make: (file) => `blob:${file.name}`, free: (url) => void freed.push(url) },
  });
  const taken: ChatFile[] = [];
  const place: AttachmentPlace = {
    key: 'reply cnv_a',
    siteId: 'sit_shop',
    rules: { allowed: true, maxBytes: 100, kinds: ['image', 'pdf'] },
    heldFiles: () => taken.length,
    onUploaded: (file) => void taken.push(file),
  };
  const states = () =>
    attachments
      .of(place.key)
      .value.map(({ name, state }) =>
        state.phase === 'failed' ? `${name} ${state.error}` : `${name} ${state.share}`,
      );
  return { attachments, place, uploads, taken, freed, states };
}
const file = (name: string, bytes = 10, type = 'image/png') =>
  new File([new Uint8Array(bytes)], name, { type });
const uploaded = (name: string): Answer => ({
  ok: true,
  file: { id: `fil_${name}`, name, mime: 'image/png', sizeBytes: 10, widthPx: 1, heightPx: 1 },
});

it('shows how far a file is, and hands it to the draft when it is there', async () => {
  const { attachments, place, uploads, taken, freed, states } = desk();
  attachments.add(place, [file('a.png')]);
  await expect.poll(() => uploads.length).toBe(1);
  uploads[0]?.onShare(0.5);
  expect(states()).toEqual(['a.png 0.5']);
  uploads[0]?.answer(uploaded('a.png'));
  await expect.poll(() => taken.map(({ name }) => name)).toEqual(['a.png']);
  expect(states()).toEqual([]);
  expect(freed).toEqual(['blob:a.png']);
});

it('says at each file why it is not taken, and sends the others', async () => {
  const { attachments, place, uploads, states } = desk();
  const files = [
    file('empty.png', 0),
    file('large.png', 101),
    file('song.mp3', 10, 'audio/mpeg'),
    file('unknown', 10, ''),
  ];
  attachments.add(place, files);
  await expect.poll(() => uploads.map((upload) => upload.file.name)).toEqual(['unknown']);
  uploads[0]?.answer({ ok: false, error: 'unsupported_file' });
  await expect
    .poll(states)
    .toEqual([
      'empty.png empty_file',
      'large.png too_large',
      'song.mp3 unsupported_file',
      'unknown unsupported_file',
    ]);
});

it('a file that did not reach the server can be tried again, and an upload can be stopped', async () => {
  const { attachments, place, uploads, taken, states } = desk();
  attachments.add(place, [file('a.png'), file('b.png')]);
  await expect.poll(() => uploads.length).toBe(2);
  uploads[0]?.answer({ ok: false, error: 'unavailable' });
  await expect.poll(states).toEqual(['a.png unavailable', 'b.png 0']);
  const [first, second] = attachments.of(place.key).value;
  attachments.cancel(place.key, second?.id ?? 0);
  expect(uploads[1]?.signal.aborted).toBe(true);
  attachments.retry(first?.id ?? 0);
  await expect.poll(() => uploads.length).toBe(3);
  uploads[2]?.answer(uploaded('a.png'));
  await expect.poll(() => taken.map(({ name }) => name)).toEqual(['a.png']);
  expect(states()).toEqual([]);
});

it('a message holds five files: the rest is left out and counted', () => {
  const { attachments, place } = desk();
  const files = Array.from({ length: 7 }, (_, index) => file(`${index}.png`));
  expect(attachments.add(place, files)).toBe(2);
  expect(attachments.of(place.key).value).toHaveLength(5);
});

it('keeps files in the order in which they were chosen, whichever is there first', async () => {
  const { attachments, place, uploads, taken } = desk();
  attachments.add(place, [file('a.png'), file('b.png')]);
  await expect.poll(() => uploads.length).toBe(2);
  expect(attachments.isUploading()).toBe(true);
  uploads[1]?.answer(uploaded('b.png'));
  await expect.poll(() => taken.length).toBe(1);
  uploads[0]?.answer(uploaded('a.png'));
  await expect.poll(() => taken.length).toBe(2);
  expect(attachments.isUploading()).toBe(false);
  const kept = uploaded('of before the reload.png');
  const files = kept.ok ? [...taken, kept.file] : [];
  expect(attachments.inOrder(files).map(({ name }) => name)).toEqual([
    'of before the reload.png',
    'a.png',
    'b.png',
  ]);
});
