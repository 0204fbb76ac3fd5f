import { expect, it, vi } from 'vitest';
import { createApi } from '../../../widget/api.ts';

function createStory() {
  const commands = {
    open: vi.fn(),
    close: vi.fn(),
    toggle: vi.fn(),
    show: vi.fn(),
    hide: vi.fn(),
    reset: vi.fn(),
    startCobrowse: vi.fn(),
    stopCobrowse: vi.fn(),
  };
  const warnings: string[] = [];
  const events: unknown[] = [];
  const api = createApi({
    commands,
    warn: (text) => warnings.push(text),
    dispatch: (name, detail) => events.push([name, detail]),
  });
  return { api, commands, warnings, events };
}

it('runs commands by name', () => {
  const { api, commands } = createStory();
  api.run(['open']);
  api.run(['cobrowse', 'start']);
  api.run(['cobrowse', 'stop']);
  expect(commands.open).toHaveBeenCalledOnce();
  expect(commands.startCobrowse).toHaveBeenCalledOnce();
  expect(commands.stopCobrowse).toHaveBeenCalledOnce();
});

it('warns once about what it does not know', () => {
  const { api, warnings } = createStory();
  api.run(['opne']);
  api.run(['opne']);
  api.run(['constructor']);
  api.run(['cobrowse', 'now']);
  api.run(['on', 'opened', () => {}]);
  expect(warnings).toHaveLength(4);
});

it('tells listeners until they unsubscribe', () => {
  const { api, events } = createStory();
  const heard: unknown[] = [];
  const off = api.run(['on', 'unread', (detail: unknown) => heard.push(detail)]) as () => void;
  api.tell('unread', { count: 1 });
  off();
  api.tell('unread', { count: 2 });
  expect(heard).toEqual([{ count: 1 }]);
  expect(events).toEqual([
    ['rapport:unread', { count: 1 }],
    ['rapport:unread', { count: 2 }],
  ]);
});

it('goes on when a listener of the page throws', () => {
  const { api, warnings } = createStory();
  const heard: string[] = [];
  api.run([
    'on',
    'open',
    () => {
      throw new Error('the page’s own');
    },
  ]);
  api.run(['on', 'open', () => heard.push('second')]);
  api.tell('open', undefined);
  expect(heard).toEqual(['second']);
  expect(warnings).toHaveLength(1);
});
