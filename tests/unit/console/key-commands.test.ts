import { describe, expect, it } from 'vitest';
import { type Command, createCommandRegistry } from '../../../console/command-registry.ts';
import { createKeyCommands, keyCaps, keyName } from '../../../console/key-commands.ts';

/** A key press outside of any field, without a browser. */
function press(key: string, facts: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return {
    key,
    target: null,
    timeStamp: 0,
    defaultPrevented: false,
    isComposing: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    preventDefault: () => {},
    ...facts,
  } as KeyboardEvent;
}
// Node has no elements: nothing that is pressed here is in one.
Object.assign(globalThis, { HTMLElement: class {} });

function desk(letters = true) {
  const registry = createCommandRegistry();
  const done: string[] = [];
  const command = (id: string, keys: string[], facts: Partial<Command> = {}): Command => ({
    id,
    label: id,
    group: 'Console',
    keys,
    run: () => done.push(id),
    ...facts,
  });
  const keys = createKeyCommands({ commands: () => registry.all.value, letters: () => letters });
  return { registry, command, done, keys };
}

describe('keys', () => {
  it('start the command of the page that came last, and the older one when it has gone', () => {
    const { registry, command, done, keys } = desk();
    registry.add([command('list', ['e'])]);
    const leave = registry.add([command('conversation', ['e'])]);
    keys.onKeyDown(press('e'));
    leave();
    keys.onKeyDown(press('e'));
    expect(done).toEqual(['conversation', 'list']);
  });

  it('of two strokes count within a moment', () => {
    const { registry, command, done, keys } = desk();
    registry.add([command('inbox', ['g i']), command('i', ['i'])]);
    keys.onKeyDown(press('g'));
    keys.onKeyDown(press('i', { timeStamp: 500 }));
    keys.onKeyDown(press('g', { timeStamp: 1_000 }));
    keys.onKeyDown(press('i', { timeStamp: 9_000 }));
    expect(done).toEqual(['inbox', 'i']);
  });

  it('do nothing while a command is not possible, and nothing twice', () => {
    const { registry, command, done, keys } = desk();
    registry.add([command('off', ['x'], { enabled: false }), command('told', ['Enter'], { run: null })]);
    keys.onKeyDown(press('x'));
    keys.onKeyDown(press('Enter'));
    registry.add([command('menu', ['mod+k'])]);
    keys.onKeyDown(press('k', { ctrlKey: true, defaultPrevented: true }));
    expect(done).toEqual([]);
  });

  it('belong to a dialog over the page while the focus is in it, modal or not', () => {
    const { registry, command, done, keys } = desk();
    registry.add([command('close', ['e'])]);
    const inDialog = Object.assign(new HTMLElement(), {
      closest: (places: string) => (places.split(', ').includes('[role="dialog"]') ? {} : null),
    });
    keys.onKeyDown(press('e', { target: inDialog }));
    expect(done).toEqual([]);
    keys.onKeyDown(press('e'));
    expect(done).toEqual(['close']);
  });

  it('letters can be off while Ctrl and Cmd stay', () => {
    const { registry, command, done, keys } = desk(false);
    registry.add([command('e', ['e']), command('menu', ['mod+k']), command('search', ['mod+shift+f'])]);
    keys.onKeyDown(press('e'));
    keys.onKeyDown(press('k', { metaKey: true }));
    keys.onKeyDown(press('F', { ctrlKey: true, shiftKey: true }));
    expect(done).toEqual(['menu', 'search']);
  });

  it('are named as the machine’s keyboard names them', () => {
    expect(keyName(press('K', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+k');
    expect(keyName(press('?', { shiftKey: true }))).toBe('?');
    expect(keyCaps('g i', false)).toEqual(['g', 'i']);
    expect(keyCaps('mod+shift+f', false)).toEqual(['Ctrl', 'Shift', 'F']);
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('ArrowDown', true)).toEqual(['↓']);
  });
});

it('a command stands once in the registry, as it was added last', () => {
  const { registry, command } = desk();
  registry.add([command('search', ['/'])]);
  registry.add([command('search', ['/'], { label: 'Search here' })]);
  expect(registry.all.value.map(({ label }) => label)).toEqual(['Search here']);
});
