import type { RapportCommands, RapportEvents, RapportOpenOptions } from '../rapport.d.ts';

/** Events a page can follow with `rapport('on', name, listener)`; also DOM events `rapport:NAME` on `window`. */
export type PageEvents = RapportEvents;
export type PageEventName = keyof PageEvents;

/** Every event, so that one which is missing in the types or here does not compile. */
export const eventNames = Object.keys({
  ready: 0,
  open: 0,
  close: 0,
  show: 0,
  hide: 0,
  unread: 0,
  message: 0,
  conversation_started: 0,
  conversation_ended: 0,
  identified: 0,
  identity_error: 0,
  cobrowse_started: 0,
  cobrowse_paused: 0,
  cobrowse_resumed: 0,
  cobrowse_ended: 0,
  cobrowse_control: 0,
  error: 0,
} satisfies Record<PageEventName, 0>);

/** What the commands do; `on`, `once` and `off` are the api's own. What a page passes in may be anything. */
export interface Commands extends Record<keyof Omit<RapportCommands, 'on' | 'once' | 'off'>, unknown> {
  open(options: RapportOpenOptions | undefined): void;
  close(): void;
  toggle(): void;
  show(): void;
  hide(): void;
  identify(customer: unknown): void;
  set(attributes: unknown): void;
  track(name: unknown, properties: unknown): void;
  mute(): void;
  unmute(): void;
  popout(): void;
  endChat(): void;
  cobrowse(what: 'start' | 'code' | 'stop'): void;
  reset(): void;
}

export interface PageCalls {
  run(args: readonly unknown[]): unknown;
  tell<E extends PageEventName>(name: E, detail: PageEvents[E]): void;
}

/** What a page calls: `rapport('on', 'message', …)`. Whatever it passes in, nothing is thrown at it. */
export function createPageCalls(parts: {
  commands: Commands;
  /** Says something to the page's developer. */
  warn(text: string, error?: unknown): void;
}): PageCalls {
  const { commands, warn } = parts;
  /** By event: what the page passed in, and what is called for it. */
  const listeners = new Map<string, Map<() => void, { listener: unknown; isOnce: boolean }>>();
  const warned = new Set<string>();

  function warnOnce(text: string) {
    if (warned.has(text)) return;
    warned.add(text);
    warn(text);
  }

  function listen(name: unknown, event: unknown, listener: unknown): unknown {
    if (typeof event !== 'string' || !eventNames.includes(event) || typeof listener !== 'function') {
      warnOnce(`rapport('${name}', …) needs one of ${eventNames.join(', ')} and a function.`);
      return () => {};
    }
    const all = listeners.get(event) ?? new Map();
    listeners.set(event, all);
    if (name === 'off') {
      for (const [end, one] of all) if (one.listener === listener) end();
      return;
    }
    const end = () => void all.delete(end);
    all.set(end, { listener, isOnce: name === 'once' });
    return end;
  }

  return {
    run([name, first, second]) {
      if (name === 'on' || name === 'once' || name === 'off') return listen(name, first, second);
      if (name === 'cobrowse' && first !== 'start' && first !== 'code' && first !== 'stop') {
        return warnOnce("rapport('cobrowse', …) takes 'start', 'code' or 'stop'.");
      }
      if (typeof name === 'string' && Object.hasOwn(commands, name)) {
        return (commands[name as keyof Commands] as (...args: unknown[]) => void)(first, second);
      }
      warnOnce(`there is no command ${JSON.stringify(name)}.`);
    },
    tell(name, detail) {
      for (const [end, { listener, isOnce }] of [...(listeners.get(name) ?? [])]) {
        if (isOnce) end();
        try {
          (listener as (detail: unknown) => void)(detail);
        } catch (error) {
          warn(`a listener of '${name}' failed.`, error);
        }
      }
    },
  };
}
