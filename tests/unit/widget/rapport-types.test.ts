import { expect, it } from 'vitest';
import type { Rapport, RapportEvents } from '../../../widget/rapport.d.ts';

/** A page in TypeScript that uses everything; that it compiles is the test, which `tsc` over this folder makes. */
function usesEverything(rapport: Rapport): string | undefined {
  rapport('open');
  rapport('open', { view: 'new', message: 'Hello' });
  rapport('open', { view: 'conversations' });
  rapport('close');
  rapport('toggle');
  rapport('show');
  rapport('hide');
  rapport('identify', { name: 'Zoë', email: null, attributes: { plan: 'team', seats: 3, old: null } });
  rapport('identify', 'eyJ.eyJ.c2ln');
  rapport('identify', async () => (await fetch('/rapport-token')).text());
  rapport('set', { plan: 'team', trial: null });
  rapport('track', 'order placed', { total: 40, first: true });
  rapport('track', 'seen');
  rapport('mute');
  rapport('unmute');
  rapport('popout');
  rapport('endChat');
  rapport('cobrowse', 'start');
  rapport('cobrowse', 'code');
  rapport('cobrowse', 'stop');
  rapport('reset');

  const off: () => void = rapport('on', 'unread', ({ count }) => count.toFixed());
  off();
  rapport('once', 'message', ({ from, atMs }) => `${from} ${atMs}`);
  rapport('on', 'identified', ({ verified }) => verified);
  rapport('on', 'identity_error', ({ error }) => error.length);
  rapport('on', 'conversation_started', ({ conversationId }) => conversationId.length);
  rapport('on', 'conversation_ended', ({ conversationId }) => conversationId.length);
  rapport('on', 'cobrowse_started', ({ sessionId }) => sessionId.length);
  rapport('on', 'cobrowse_paused', ({ reason }) => reason.length);
  rapport('on', 'cobrowse_resumed', ({ sessionId }) => sessionId.length);
  rapport('on', 'cobrowse_ended', ({ sessionId }) => sessionId.length);
  rapport('on', 'error', ({ message }) => message.length);
  const quiet: Array<keyof RapportEvents> = ['ready', 'open', 'close', 'show', 'hide'];
  const listener = () => {};
  for (const name of quiet) {
    rapport('on', name, listener);
    rapport('off', name, listener);
  }

  // @ts-expect-error: there is no such command
  rapport('opne');
  // @ts-expect-error: there is no such event
  rapport('on', 'opened', listener);
  // @ts-expect-error: attributes are texts, numbers and booleans
  rapport('set', { nested: {} });
  // @ts-expect-error: a listener of unread gets a count
  rapport('on', 'unread', ({ number }) => number);
  return rapport.version;
}

it('is called as the types say', () => {
  const commands: unknown[] = [];
  const rapport = (command: unknown) => {
    commands.push(command);
    return () => {};
  };
  expect(usesEverything(Object.assign(rapport, { version: '1' }) as Rapport)).toBe('1');
  expect(commands).toContain('endChat');
});
