import { expect, it } from 'vitest';
import { headsBeatMs } from '../../shared/limits.ts';
import { createFakeClock } from './fake-clock.ts';
import { clientId, startLiveRapport, visit } from './live-rapport.ts';

it('every 25 s the connected hear where the logs of their own conversations end', async () => {
  const clock = createFakeClock();
  const rapport = await startLiveRapport({ clock });
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const elsewhere = await rapport.addAgent(await rapport.addSite('Elsewhere'), 'Eve', 'owner');
  const [agent, stranger] = [await rapport.agent(email), await rapport.agent(elsewhere.email)];
  const [visitor, other] = [await rapport.visitor(), await rapport.visitor()];
  const start = { text: 'Hi', visit };
  const { conversation } = await visitor.get('conversation:start', { ...start, clientId: clientId() });
  const second = await other.get('conversation:start', { ...start, clientId: clientId() });

  clock.pass(headsBeatMs);
  const head = { conversationId: conversation.id, lastSeq: 1 };
  const otherHead = { conversationId: second.conversation.id, lastSeq: 1 };
  await expect.poll(() => other.heard('heads:beat')).toMatchObject([{ heads: [otherHead] }]);
  await expect.poll(() => visitor.heard('heads:beat')).toMatchObject([{ heads: [head] }]);
  await expect.poll(() => stranger.heard('heads:beat')).toMatchObject([{ heads: [] }]);
  const [beat] = agent.heard('heads:beat');
  expect(beat?.heads).toHaveLength(2);
  expect(beat?.heads).toEqual(expect.arrayContaining([head, otherHead]));

  await expect.poll(() => clock.waiting()).toBeGreaterThan(0);
  clock.pass(headsBeatMs);
  await expect.poll(() => visitor.heard('heads:beat')).toHaveLength(2);
  await rapport.close();
  expect(clock.waiting()).toBe(0);
});
