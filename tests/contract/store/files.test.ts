import { nanoid } from 'nanoid';
import { expect, it } from 'vitest';
import type { StoredFile } from '../../../server/store/store.ts';
import {
  addAgent,
  addFile,
  addSite,
  answer,
  chatFileOf,
  entryOf,
  logOf,
  message,
  newId,
  someStart,
  startMs,
  startTalk,
} from './cast.ts';
import { describeStore } from './databases.ts';

const sent = (files: StoredFile[], owner: string) => ({ files: { ids: files.map(({ id }) => id), owner } });

describeStore('files', (db) => {
  it('belong to nobody else until a message takes them, and then to its conversation', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const { siteId } = talk.conversation;
    const [photo, list] = [
      await addFile(store, siteId, talk.tokenHash),
      await addFile(store, siteId, talk.tokenHash, {
        name: 'Liste \u0000 ü.pdf',
        widthPx: null,
        heightPx: null,
      }),
    ];
    expect(await store.file({ fileId: photo.id })).toEqual(photo);

    const [appended] = await store.append({
      entries: [{ ...message(talk, 'Both, please'), ...sent([list, photo], talk.tokenHash) }],
    });

    const files = [chatFileOf(list), chatFileOf(photo)];
    expect(appended?.entry.payload).toEqual({ text: 'Both, please', files });
    expect((await logOf(store, talk.id)).at(-1)).toEqual(appended?.entry);
    expect(await store.file({ fileId: photo.id })).toEqual({ ...photo, conversationId: talk.id });
    expect(await store.file({ fileId: newId('file') })).toBeNull();
  });

  it('are sent once, when the same message comes again, also at the same time', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const file = await addFile(store, talk.conversation.siteId, talk.tokenHash);
    const other = await addFile(store, talk.conversation.siteId, talk.tokenHash);
    const request = { ...message(talk, ''), ...sent([file], talk.tokenHash) };

    const all = (
      await Promise.all(Array.from({ length: 20 }, () => store.append({ entries: [request] })))
    ).flat();

    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    for (const { entry } of all) expect(entry).toEqual(all[0]?.entry);
    expect(all[0]?.conversation.lastMessage?.preview).toBe('table.png');
    for (const changed of [
      { ...request, ...sent([other], talk.tokenHash) },
      message(talk, '', { clientId: request.clientId }),
    ]) {
      await expect(store.append({ entries: [changed] })).rejects.toMatchObject({ code: 'client_id_reused' });
    }
  });

  it('are refused when they are not the sender’s, of another site, taken, or named twice', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const { siteId } = talk.conversation;
    const mine = await addFile(store, siteId, talk.tokenHash);
    const taken = await addFile(store, siteId, talk.tokenHash);
    await store.append({ entries: [{ ...message(talk, ''), ...sent([taken], talk.tokenHash) }] });
    const theirs = await addFile(store, siteId, nanoid(43));
    const elsewhere = await addFile(store, (await addSite(store)).id, talk.tokenHash);
    const unknown = { ...mine, id: newId('file') };

    for (const files of [[theirs], [mine, elsewhere], [taken], [mine, mine], [unknown]]) {
      const call = store.append({ entries: [{ ...message(talk, 'Look'), ...sent(files, talk.tokenHash) }] });
      await expect(call).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await logOf(store, talk.id)).toHaveLength(2);
    expect(await store.file({ fileId: mine.id })).toEqual(mine);
  });

  it('go to one of two messages that want them at once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const talks = [
      await startTalk(store, site.id, { tokenHash }),
      await startTalk(store, site.id, { tokenHash }),
    ];
    const file = await addFile(store, site.id, tokenHash);

    const settled = await Promise.allSettled(
      talks.map((talk) =>
        store.append({ entries: [{ ...message(talk, 'Mine'), ...sent([file], tokenHash) }] }),
      ),
    );

    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('of a note stay with the agents', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const agent = await addAgent(store);
    const file = await addFile(store, talk.conversation.siteId, agent.id);
    const note = entryOf(talk.id, { role: 'agent', id: agent.id }, 'note', { text: '', mentions: [] });

    const [appended] = await store.append({ entries: [{ ...note, ...sent([file], agent.id) }] });

    expect(appended?.entry.payload).toEqual({ text: '', mentions: [], files: [chatFileOf(file)] });
    expect(await store.file({ fileId: file.id })).toMatchObject({
      isInternal: true,
      conversationId: talk.id,
    });
  });

  it('start a conversation, once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const [file, other] = [
      await addFile(store, site.id, tokenHash),
      await addFile(store, site.id, tokenHash),
    ];
    const request = someStart(site.id, { tokenHash, text: '', fileIds: [file.id] });

    const started = await store.startConversation(request);

    expect(started.entry?.payload).toEqual({ text: '', files: [chatFileOf(file)] });
    expect(await store.startConversation(request)).toEqual({ ...started, repeated: true });
    await expect(store.startConversation({ ...request, fileIds: [other.id] })).rejects.toMatchObject({
      code: 'client_id_reused',
    });
  });

  it('are dropped when no message has taken them in time', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const agent = await addAgent(store);
    const { siteId } = talk.conversation;
    const [old, kept, fresh] = [
      await addFile(store, siteId, talk.tokenHash),
      await addFile(store, siteId, talk.tokenHash),
      await addFile(store, siteId, talk.tokenHash, { createdAtMs: startMs + 10 }),
    ];
    await store.append({ entries: [{ ...message(talk, ''), ...sent([kept], talk.tokenHash) }] });

    const dropped = await store.dropFiles({ beforeMs: startMs + 10, limit: 1_000 });

    expect(dropped).toContain(old.id);
    const left = [kept, fresh].map(({ id }) => id);
    expect(dropped.filter((id) => left.includes(id))).toEqual([]);
    expect(await store.file({ fileId: old.id })).toBeNull();
    expect(await store.file({ fileId: fresh.id })).toEqual(fresh);
    const late = { ...answer(talk, agent, ''), ...sent([old], talk.tokenHash) };
    await expect(store.append({ entries: [late] })).rejects.toMatchObject({ code: 'not_found' });
  });
});
