/** Events a page can follow with `rapport('on', name, listener)`; also DOM events `rapport:NAME` on `window`. */
export interface PageEvents {
  open: undefined;
  close: undefined;
  unread: { count: number };
  /** A message was added to a conversation; its text stays between visitor and agent. */
  message: { from: 'visitor' | 'agent'; atMs: number };
}
export type PageEventName = keyof PageEvents;

const eventNames: readonly PageEventName[] = ['open', 'close', 'unread', 'message'];

export interface Commands {
  open(): void;
  close(): void;
  toggle(): void;
  show(): void;
  hide(): void;
  reset(): void;
  startCobrowse(): void;
  stopCobrowse(): void;
}

export interface Api {
  run(args: readonly unknown[]): unknown;
  tell<E extends PageEventName>(name: E, detail: PageEvents[E]): void;
}

/** The public commands: `rapport('open')`. Whatever a page passes in, nothing is thrown at it. */
export function createApi(parts: {
  commands: Commands;
  /** Says something to the page's developer. */
  warn(text: string, error?: unknown): void;
  dispatch(name: string, detail: unknown): void;
}): Api {
  const { commands, warn, dispatch } = parts;
  const listeners = new Map<PageEventName, Set<(detail: unknown) => void>>();
  const warned = new Set<string>();

  function warnOnce(text: string) {
    if (warned.has(text)) return;
    warned.add(text);
    warn(text);
  }

  function on(name: unknown, listener: unknown): () => void {
    const event = eventNames.find((known) => known === name);
    if (!event || typeof listener !== 'function') {
      warnOnce(`rapport('on', …) needs one of ${eventNames.join(', ')} and a function.`);
      return () => {};
    }
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all);
    const own = (detail: unknown) => listener(detail);
    all.add(own);
    return () => {
      all.delete(own);
    };
  }

  function cobrowse(what: unknown) {
    if (what === 'start') commands.startCobrowse();
    else if (what === 'stop') commands.stopCobrowse();
    else warnOnce("rapport('cobrowse', …) takes 'start' or 'stop'.");
  }

  return {
    run([name, first, second]) {
      switch (name) {
        case 'open':
        case 'close':
        case 'toggle':
        case 'show':
        case 'hide':
        case 'reset':
          return commands[name]();
        case 'on':
          return on(first, second);
        case 'cobrowse':
          return cobrowse(first);
        default:
          warnOnce(`there is no command ${JSON.stringify(name)}.`);
      }
    },
    tell(name, detail) {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          listener(detail);
        } catch (error) {
          warn(`a listener of '${name}' failed.`, error);
        }
      }
      dispatch(`rapport:${name}`, detail);
    },
  };
}
