import { nanoid } from 'nanoid';
import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import type { EntryPayloads } from '../../../shared/model/conversation.ts';
import { visitorNumber } from '../../../shared/model/visitor.ts';
import { addAgent, addSite, answer, entryOf, newId, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

type Talk = { id: string; visitorId: string };

const survey = (store: Store, talk: Talk, payload: EntryPayloads['survey'], atMs = startMs) =>
  store.append({
    entries: [entryOf(talk.id, { role: 'visitor', id: talk.visitorId }, 'survey', payload, { atMs })],
  });

async function ask(store: Store, talk: Talk, atMs = startMs): Promise<string> {
  const surveyId = newId('survey');
  await survey(store, talk, { event: 'asked', surveyId }, atMs);
  return surveyId;
}

describeStore('the satisfaction question', (db) => {
  it('is known by whether it was asked, answered or dismissed, here and elsewhere', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const [here, there] = [
      await startTalk(store, site.id, { tokenHash }),
      await startTalk(store, site.id, { tokenHash }),
    ];
    const facts = () => store.satisfactionFacts({ conversationId: here.id });
    const unasked = {
      askedInConversation: false,
      everDismissed: false,
      openElsewhere: false,
      lastAnsweredAtMs: null,
      wasHelped: false,
    };
    expect(await facts()).toEqual(unasked);

    await store.append({ entries: [answer(here, await addAgent(store), 'Yes, it is')] });
    const helped = { ...unasked, wasHelped: true };
    expect(await facts()).toEqual(helped);

    const elsewhere = await ask(store, there);
    expect(await facts()).toEqual({ ...helped, openElsewhere: true });

    await survey(
      store,
      there,
      { event: 'answered', surveyId: elsewhere, score: 5, comment: '' },
      startMs + 7,
    );
    expect(await facts()).toEqual({ ...helped, lastAnsweredAtMs: startMs + 7 });

    const surveyId = await ask(store, here);
    const asked = { ...helped, askedInConversation: true, lastAnsweredAtMs: startMs + 7 };
    expect(await facts()).toEqual(asked);

    await survey(store, here, { event: 'dismissed', surveyId });
    expect(await facts()).toEqual({ ...asked, everDismissed: true });
    const stranger = await startTalk(store, site.id);
    expect(await store.satisfactionFacts({ conversationId: stranger.id })).toEqual(unasked);
  });

  it('has not helped when no visitor wrote', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id, { text: null });
    await store.append({ entries: [answer(talk, await addAgent(store), 'Can I help?')] });

    expect(await store.satisfactionFacts({ conversationId: talk.id })).toMatchObject({ wasHelped: false });
    await expect(store.satisfactionFacts({ conversationId: newId('conversation') })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('gives results with who helped, per site and since a time', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const [ada, bea] = [await addAgent(store, 'Ada'), await addAgent(store, 'Bea')];
    const scores = [5, 5, 4, 1];
    const talks = await Promise.all([...scores, 0, 0].map(() => startTalk(store, site.id)));
    const questions = await Promise.all(
      talks.map(async (talk, index) => {
        await store.append({
          entries: [answer(talk, ada, 'Hello'), answer(talk, index === 3 ? bea : ada, 'Bye')],
        });
        return { talk, surveyId: await ask(store, talk, startMs + index) };
      }),
    );
    for (const [index, score] of scores.entries()) {
      const question = questions[index];
      if (!question) throw new Error('there is one for each score');
      const { talk, surveyId } = question;
      const payload = { event: 'answered', surveyId, score, comment: `No. ${index} \u0000 😀` } as const;
      await survey(store, talk, payload, startMs + 100 + index);
    }
    const dismissed = questions[4];
    if (!dismissed) throw new Error('there are six');
    await survey(store, dismissed.talk, { event: 'dismissed', surveyId: dismissed.surveyId }, startMs + 200);
    await ask(store, await startTalk(store, other.id), startMs + 300);

    const all = await store.satisfactionResults({ siteId: site.id, fromMs: 0 });
    expect(all).toMatchObject({ distribution: [1, 0, 0, 1, 2], asked: 6, dismissed: 1 });
    expect(all.answers).toEqual(
      [3, 2, 1, 0].map((index) => ({
        conversationId: talks[index]?.id,
        visitorName: `Visitor ${visitorNumber(talks[index]?.visitorId ?? '')}`,
        agentName: index === 3 ? 'Bea' : 'Ada',
        score: scores[index],
        comment: `No. ${index} \u0000 😀`,
        atMs: startMs + 100 + index,
      })),
    );
    // Asked before that time and answered after it: counted in both, so that the response rate stays below 1.
    expect(await store.satisfactionResults({ siteId: site.id, fromMs: startMs + 102 })).toMatchObject({
      distribution: [1, 0, 0, 1, 0],
      asked: 3,
      dismissed: 1,
      answers: [{ score: 1 }, { score: 4 }],
    });
    expect(await store.satisfactionResults({ siteId: other.id, fromMs: 0 })).toEqual({
      distribution: [0, 0, 0, 0, 0],
      asked: 1,
      dismissed: 0,
      answers: [],
    });
  });

  it('is not answered twice by a repeated request', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const surveyId = await ask(store, talk);
    const payload = { event: 'answered', surveyId, score: 3, comment: '' } as const;
    const request = entryOf(talk.id, { role: 'visitor', id: talk.visitorId }, 'survey', payload);

    await Promise.all([store.append({ entries: [request] }), store.append({ entries: [request] })]);

    expect(await store.satisfactionResults({ siteId: site.id, fromMs: 0 })).toMatchObject({
      distribution: [0, 0, 1, 0, 0],
      asked: 1,
    });
  });

  it('leaves no trace of an answer that was taken back with its call', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const surveyId = await ask(store, talk);
    const sender = { role: 'visitor', id: talk.visitorId } as const;
    const given = entryOf(talk.id, sender, 'survey', { event: 'answered', surveyId, score: 1, comment: '' });

    await expect(
      store.append({ entries: [given, answer(talk, { id: newId('agent') }, 'Oh')] }),
    ).rejects.toMatchObject({ code: 'not_found' });

    expect(await store.satisfactionResults({ siteId: site.id, fromMs: 0 })).toMatchObject({
      distribution: [0, 0, 0, 0, 0],
      asked: 1,
      answers: [],
    });
  });
});
