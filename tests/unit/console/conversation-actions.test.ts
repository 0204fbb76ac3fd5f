import { expect, it } from 'vitest';
import { createConversationActions } from '../../../console/conversation-actions.ts';
import { createConversations } from '../../../console/conversations.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { createLogStory, me } from './log-story.ts';

/** An agent who has opened a conversation that a visitor began. */
async function atDesk() {
  const { connection, story } = createLogStory();
  const conversations = createConversations({
    connection,
    isKnownEpoch: () => true,
    isOnline: () => true,
    agentId: () => me.id,
    onEntry: () => undefined,
    onConversation: () => undefined,
  });
  story.start('cnv_a');
  await conversations.open('cnv_a');
  const line: { allSent: true | Promise<boolean> } = { allSent: true };
  const actions = createConversationActions({
    connection,
    conversations,
    allSent: () => line.allSent,
    onTaken: () => undefined,
  });
  return {
    actions,
    line,
    story,
    state: () => conversations.get('cnv_a').shown.value?.conversation,
    entries: () => conversations.get('cnv_a').entries.value ?? [],
    asked: (event: string) => story.asked.filter((one) => one.event === event).length,
    refuses: (event: string, error: ErrorCode) => story.refuse.set(event, { ok: false, error }),
    end: () => conversations.close(),
  };
}

const nothing = { onOvertaken: () => undefined, onUnsent: () => undefined };

it('closing shows at once, and the server hears of it when it can no longer be taken back', async () => {
  const { actions, state, asked, end } = await atDesk();
  const closing = actions.close('cnv_a', nothing);
  expect(state()?.status).toBe('closed');
  expect(asked('conversation:setStatus')).toBe(0);
  expect(await closing.send()).toBeNull();
  expect(state()).toMatchObject({ status: 'closed', lastSeq: 2 });
  expect(await closing.send()).toBeNull();
  expect(asked('conversation:setStatus')).toBe(1);
  end();
});

it('a closing that is taken back leaves no trace', async () => {
  const { actions, state, asked, end } = await atDesk();
  const closing = actions.close('cnv_a', nothing);
  closing.cancel();
  expect(state()?.status).toBe('open');
  expect(await closing.send()).toBeNull();
  actions.flush();
  expect(asked('conversation:setStatus')).toBe(0);
  end();
});

it('a visitor who writes meanwhile keeps the conversation open', async () => {
  const { actions, story, state, asked, end } = await atDesk();
  let overtaken = 0;
  const closing = actions.close('cnv_a', {
    ...nothing,
    onOvertaken: () => {
      overtaken += 1;
    },
  });
  story.write('cnv_a', 'One more thing');
  await expect.poll(() => overtaken).toBe(1);
  expect(state()?.status).toBe('open');
  expect(await closing.send()).toBeNull();
  expect(asked('conversation:setStatus')).toBe(0);
  end();
});

it('a closing never overtakes a message that waits for the line, also when the page goes away', async () => {
  const { actions, line, state, asked, end } = await atDesk();
  let free = (_: boolean) => {};
  line.allSent = new Promise<boolean>((resolve) => {
    free = resolve;
  });
  const closing = actions.close('cnv_a', nothing);
  actions.flush();
  const sent = closing.send();
  await Promise.resolve();
  expect(asked('conversation:setStatus')).toBe(0);
  expect(state()?.status).toBe('closed');
  free(true);
  expect(await sent).toBeNull();
  expect(asked('conversation:setStatus')).toBe(1);
  end();
});

it('a closing is taken back when the message before it has failed', async () => {
  const { actions, line, state, asked, end } = await atDesk();
  line.allSent = Promise.resolve(false);
  let unsent = 0;
  const closing = actions.close('cnv_a', {
    ...nothing,
    onUnsent: () => {
      unsent += 1;
    },
  });
  expect(await closing.send()).toBeNull();
  expect({ unsent, asked: asked('conversation:setStatus') }).toEqual({ unsent: 1, asked: 0 });
  expect(state()?.status).toBe('open');
  end();
});

it('what waits is sent when the page goes away', async () => {
  const { actions, asked, end } = await atDesk();
  actions.close('cnv_a', nothing);
  actions.flush();
  actions.flush();
  await expect.poll(() => asked('conversation:setStatus')).toBe(1);
  end();
});

it('a refusal takes back what was shown', async () => {
  const { actions, state, refuses, end } = await atDesk();
  refuses('conversation:label', 'forbidden');
  const labelled = actions.label('cnv_a', { added: ['lbl_b', 'lbl_a'], removed: [] });
  expect(state()?.labels).toEqual(['lbl_a', 'lbl_b']);
  expect(await labelled).toMatchObject({ error: 'forbidden' });
  expect(state()?.labels).toEqual([]);

  refuses('conversation:setPriority', 'unavailable');
  const urgent = actions.setPriority('cnv_a', 'urgent');
  expect(state()?.priority).toBe('urgent');
  await urgent;
  expect(state()?.priority).toBe('normal');

  refuses('conversation:assign', 'not_found');
  const assigned = actions.assign('cnv_a', { agent: { id: me.id, name: me.name } });
  expect(state()).toMatchObject({ assignee: { id: me.id }, team: null });
  await assigned;
  expect(state()?.assignee).toBeNull();
  end();
});

it('a message that is changed or deleted shows so at once, in a form that the log does not hold', async () => {
  const { actions, entries, refuses, end } = await atDesk();
  refuses('message:edit', 'too_late');
  const before = entries();
  const edited = actions.edit('cnv_a', { of: 'message', seq: 1 }, 'Other words');
  expect(actions.provisional('cnv_a').value).toMatchObject([
    { kind: 'edit', payload: { seq: 1, text: 'Other words' } },
  ]);
  expect(await edited).toMatchObject({ error: 'too_late' });
  expect(actions.provisional('cnv_a').value).toEqual([]);

  const removal = actions.remove('cnv_a', { of: 'message', seq: 1 });
  expect(actions.provisional('cnv_a').value).toMatchObject([{ kind: 'deletion' }]);
  removal.cancel();
  expect(actions.provisional('cnv_a').value).toEqual([]);
  expect(entries()).toBe(before);
  end();
});
