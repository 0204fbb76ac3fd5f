import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  type Commands,
  createPageCalls,
  eventNames,
  type PageEventName,
} from '../../../../widget/extras/page-calls.ts';
import type { RapportCommands } from '../../../../widget/rapport.d.ts';

const commandNames = Object.keys({
  open: 0,
  close: 0,
  toggle: 0,
  show: 0,
  hide: 0,
  identify: 0,
  set: 0,
  track: 0,
  mute: 0,
  unmute: 0,
  popout: 0,
  endChat: 0,
  on: 0,
  once: 0,
  off: 0,
  cobrowse: 0,
  reset: 0,
} satisfies Record<keyof RapportCommands, 0>);

function createStory() {
  const names = commandNames.filter((name) => !['on', 'once', 'off'].includes(name));
  const commands = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as Commands;
  const warnings: string[] = [];
  const api = createPageCalls({
    commands,
    warn: (text) => warnings.push(text),
  });
  return { api, commands, warnings };
}

it('runs commands by name, with what the page passes', () => {
  const { api, commands, warnings } = createStory();
  api.run(['open', { view: 'new', message: 'Hi' }]);
  api.run(['cobrowse', 'start']);
  api.run(['track', 'order placed', { total: 40 }]);
  expect(commands.open).toHaveBeenCalledWith({ view: 'new', message: 'Hi' }, undefined);
  expect(commands.cobrowse).toHaveBeenCalledWith('start', undefined);
  expect(commands.track).toHaveBeenCalledWith('order placed', { total: 40 });
  expect(warnings).toEqual([]);
});

it('warns once about what it does not know', () => {
  const { api, warnings } = createStory();
  api.run(['opne']);
  api.run(['opne']);
  api.run(['constructor']);
  api.run(['cobrowse', 'now']);
  api.run(['on', 'opened', () => {}]);
  api.run(['once', 'open']);
  expect(warnings).toHaveLength(5);
});

describe('listeners', () => {
  it('hear until they unsubscribe, by what they were given or by off', () => {
    const { api } = createStory();
    const heard: unknown[] = [];
    const listener = (detail: unknown) => heard.push(detail);
    const end = api.run(['on', 'unread', listener]) as () => void;
    api.tell('unread', { count: 1 });
    end();
    api.tell('unread', { count: 2 });
    api.run(['on', 'unread', listener]);
    api.run(['off', 'unread', listener]);
    api.tell('unread', { count: 3 });
    expect(heard).toEqual([{ count: 1 }]);
  });

  it('hear once when they want to', () => {
    const { api } = createStory();
    const heard: unknown[] = [];
    api.run(['once', 'close', () => heard.push('closed')]);
    api.tell('close', undefined);
    api.tell('close', undefined);
    expect(heard).toEqual(['closed']);
  });

  it('do not keep each other from hearing when one throws', () => {
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

  it.each(eventNames as PageEventName[])('can follow %s', (name) => {
    const { api, warnings } = createStory();
    const heard = vi.fn();
    api.run(['on', name, heard]);
    api.tell(name, undefined as never);
    expect(heard).toHaveBeenCalledOnce();
    expect(warnings).toEqual([]);
  });
});

describe('docs/embed.md', () => {
  const page = readFileSync(new URL('../../../../docs/embed.md', import.meta.url), 'utf8');
  const section = (title: string) => page.split(`### ${title}\n`)[1]?.split('\n#')[0] ?? '';
  /** First cells of the rows of a table. */
  const rows = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|')[1] ?? '');

  it('names every command that exists, and no other', () => {
    const named = rows(section('Commands')).flatMap((cell) =>
      [...cell.matchAll(/rapport\('(\w+)'/g)].map(([, name]) => name),
    );
    expect([...new Set(named)].sort()).toEqual([...commandNames].sort());
  });

  it('names every event that exists, and no other', () => {
    const named = rows(section('Events')).flatMap((cell) =>
      [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name),
    );
    expect([...named].sort()).toEqual([...eventNames].sort());
  });
});
