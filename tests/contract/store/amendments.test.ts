import { expect, it } from 'vitest';
import { applyEntry, newConversation } from '../../../shared/model/conversation.ts';
import { messageViews } from '../../../shared/model/message-view.ts';
import { addAgent, addFile, addSite, answer, entryOf, logOf, message, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('what a sender changes afterwards', (db) => {
  async function scene() {
    const { store } = db;
    const site = await addSite(store);
    const [ada, bea] = [await addAgent(store, 'Ada'), await addAgent(store, 'Bea')];
    const talk = await startTalk(store, site.id, { text: 'My card is 4111 1111' });
    const byAda = { role: 'agent', id: ada.id } as const;
    const byVisitor = { role: 'visitor', id: talk.visitorId } as const;
    const found = async (text: string) => {
      const { messages } = await store.search({ siteIds: [site.id], text, beforeMs: null });
      return messages.map(({ seq, excerpt }) => [seq, excerpt.text]);
    };
    return { store, site, ada, bea, talk, byAda, byVisitor, found };
  }

  it('shows an edited message with its new text, and finds it by that', async () => {
    const { store, talk, byVisitor, found } = await scene();

    const [edited] = await store.append({
      entries: [entryOf(talk.id, byVisitor, 'edit', { of: 'message', seq: 1, text: 'My card is blue' })],
    });

    expect(edited?.conversation.lastMessage?.preview).toBe('My card is blue');
    expect(messageViews(await logOf(store, talk.id)).get(1)).toMatchObject({
      text: 'My card is blue',
      editedAtMs: startMs,
    });
    expect(await found('4111')).toEqual([]);
    expect(await found('card blue')).toEqual([[1, 'My card is blue']]);
  });

  it('erases what is taken back: text, edits and files', async () => {
    const { store, site, talk, byVisitor, found } = await scene();
    const file = await addFile(store, site.id, talk.tokenHash, { name: 'passport.png' });
    await store.append({
      entries: [
        { ...message(talk, 'My passport'), files: { ids: [file.id], owner: talk.tokenHash } },
        entryOf(talk.id, byVisitor, 'edit', { of: 'message', seq: 2, text: 'My secret passport' }),
      ],
    });
    expect(await found('passport png')).toHaveLength(1);

    const [deleted] = await store.append({
      entries: [entryOf(talk.id, byVisitor, 'deletion', { of: 'message', seq: 2 })],
    });

    const log = await logOf(store, talk.id);
    expect(JSON.stringify(log)).not.toContain('passport');
    expect(log[1]?.payload).toEqual({ text: '' });
    expect(messageViews(log).get(2)).toMatchObject({ text: '', files: [], isDeleted: true });
    expect(deleted?.conversation.lastMessage?.preview).toBe('');
    expect(await found('passport')).toEqual([]);
    expect(await store.file({ fileId: file.id })).toBeNull();
    expect(await store.dropFiles({ beforeMs: 0, limit: 1_000 })).toContain(file.id);
  });

  it('keeps log and state in step: the erased log leads to the same state', async () => {
    const { store, site, ada, bea, talk, byAda, byVisitor } = await scene();
    const mentions = [bea.id];
    await store.append({
      entries: [
        answer(talk, ada, 'Never send that'),
        entryOf(talk.id, byAda, 'note', { text: 'He sent a card number', mentions }),
        entryOf(talk.id, byAda, 'edit', { of: 'note', seq: 3, text: 'He sent his card' }),
        entryOf(talk.id, byAda, 'deletion', { of: 'note', seq: 3 }),
        entryOf(talk.id, byVisitor, 'deletion', { of: 'message', seq: 1 }),
        entryOf(talk.id, byAda, 'deletion', { of: 'message', seq: 2 }),
      ],
    });

    const log = await logOf(store, talk.id);

    const start = newConversation({
      id: talk.id,
      siteId: site.id,
      visitorId: talk.visitorId,
      createdAtMs: startMs,
    });
    expect(log.reduce(applyEntry, start)).toEqual(await store.conversation({ conversationId: talk.id }));
    expect(log[2]?.payload).toEqual({ text: '', mentions });
    expect(JSON.stringify(log)).not.toContain('card');
  });

  it('returns the first entry when a change comes again, also after it was erased', async () => {
    const { store, talk, byVisitor } = await scene();
    const sent = message(talk, 'Wrong window');
    const edit = entryOf(talk.id, byVisitor, 'edit', { of: 'message', seq: 2, text: 'Right window' });
    const deletion = entryOf(talk.id, byVisitor, 'deletion', { of: 'message', seq: 2 });
    await store.append({ entries: [sent, edit, deletion] });

    const again = await store.append({ entries: [sent, edit, deletion] });

    expect(again.map(({ repeated }) => repeated)).toEqual([true, true, true]);
    expect(again.map(({ entry }) => entry)).toEqual((await logOf(store, talk.id)).slice(1));
    expect(JSON.stringify(again)).not.toContain('window');
  });

  it('is refused for the words of others, for what is no such thing, and after it was taken back', async () => {
    const { store, site, ada, bea, talk, byAda, byVisitor } = await scene();
    const other = await startTalk(store, site.id, { tokenHash: talk.tokenHash });
    await store.append({
      entries: [
        answer(talk, ada, 'Hello'),
        entryOf(talk.id, byAda, 'note', { text: 'Hm', mentions: [] }),
        entryOf(talk.id, byAda, 'deletion', { of: 'message', seq: 2 }),
      ],
    });
    const edit = (of: 'message' | 'note', seq: number) => ({ of, seq, text: 'Never said so' });
    const byBea = { role: 'agent', id: bea.id } as const;

    for (const entry of [
      entryOf(talk.id, byBea, 'edit', edit('note', 3)),
      entryOf(talk.id, byVisitor, 'deletion', { of: 'message', seq: 2 }),
      entryOf(talk.id, byAda, 'edit', edit('message', 1)),
      entryOf(talk.id, byAda, 'edit', edit('message', 3)),
      entryOf(talk.id, byAda, 'edit', edit('note', 4)),
      entryOf(talk.id, byAda, 'edit', edit('message', 99)),
      entryOf(talk.id, byAda, 'edit', edit('message', 2)),
      entryOf(talk.id, byAda, 'deletion', { of: 'message', seq: 2 }),
      entryOf(other.id, { role: 'visitor', id: other.visitorId }, 'edit', edit('message', 2)),
    ]) {
      await expect(store.append({ entries: [entry] })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await logOf(store, talk.id)).toHaveLength(4);
    expect(await logOf(store, other.id)).toHaveLength(1);
  });
});
