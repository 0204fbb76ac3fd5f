import { expect, it } from 'vitest';
import type { StoredRecording } from '../../../server/store/store.ts';
import { addSite, newId, startMs } from './cast.ts';
import { describeStore } from './databases.ts';

const recordingOf = (siteId: string, change: Partial<StoredRecording> = {}): StoredRecording => ({
  sessionId: newId('cobrowse'),
  siteId,
  conversationId: newId('conversation'),
  file: `${newId('file')}.rec`,
  startedAtMs: startMs,
  endedAtMs: null,
  chunks: 0,
  bytes: 0,
  deleteAtMs: startMs + 1_000,
  ...change,
});

describeStore('recordings', (db) => {
  it('advance while they are written, and stay as they ended', async () => {
    const { store } = db;
    const recording = recordingOf((await addSite(store)).id);
    const { sessionId } = recording;
    expect(await store.recording({ sessionId })).toBeNull();
    await store.createRecording({ recording });
    await store.createRecording({ recording: { ...recording, file: 'another.rec', chunks: 9 } });
    expect(await store.recording({ sessionId })).toEqual(recording);

    await store.advanceRecording({ sessionId, chunks: 2, bytes: 5_000_000_000, endedAtMs: null });
    await store.advanceRecording({ sessionId, chunks: 3, bytes: 6_000_000_000, endedAtMs: startMs + 9 });
    await store.advanceRecording({ sessionId, chunks: 1, bytes: 1, endedAtMs: null });
    expect(await store.recording({ sessionId })).toEqual({
      ...recording,
      chunks: 3,
      bytes: 6_000_000_000,
      endedAtMs: startMs + 9,
    });
  });

  it('are gone for readers when they are deleted, and due until their file is gone', async () => {
    const { store } = db;
    const recording = recordingOf((await addSite(store)).id, { deleteAtMs: startMs + 1e9 });
    const { sessionId } = recording;
    await store.createRecording({ recording });
    await store.dropRecording({ sessionId });
    expect(await store.recording({ sessionId })).toEqual(recording);

    expect(await store.deleteRecording({ sessionId })).toBe(true);
    expect(await store.deleteRecording({ sessionId })).toBe(false);
    expect(await store.recording({ sessionId })).toBeNull();
    const due = async () =>
      (await store.recordingsDue({ nowMs: startMs, limit: 500 })).filter(
        (one) => one.sessionId === sessionId,
      );
    expect(await due()).toEqual([{ ...recording, isDeleted: true }]);
    await store.dropRecording({ sessionId });
    expect(await due()).toEqual([]);
  });

  it('are due when their time is over, which a site can change for those that are there', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const recording = recordingOf(site.id);
    const foreign = recordingOf(other.id);
    await store.createRecording({ recording });
    await store.createRecording({ recording: foreign });
    const due = async (nowMs: number) =>
      (await store.recordingsDue({ nowMs, limit: 500 }))
        .map(({ sessionId }) => sessionId)
        .filter((id) => id === recording.sessionId || id === foreign.sessionId);
    expect(await due(startMs + 999)).toEqual([]);
    expect((await due(startMs + 1_000)).sort()).toEqual([recording.sessionId, foreign.sessionId].sort());
    await store.keepRecordings({ siteId: site.id, keepMs: 5_000 });
    expect(await due(startMs + 1_000)).toEqual([foreign.sessionId]);
    expect(await due(startMs + 5_000)).toHaveLength(2);
    await store.keepRecordings({ siteId: site.id, keepMs: 10 });
    expect(await due(startMs + 10)).toEqual([recording.sessionId]);
  });
});
