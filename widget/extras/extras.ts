import type { ComponentChildren } from 'preact';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Attention } from '../attention/attention.ts';
import type { Connection, Opened } from '../connection.ts';
import { latestOpen } from '../conversation-log.ts';
import type { Handover } from '../handover.ts';
import type { Outbox } from '../outbox.ts';
import type { Clock } from '../page/clock.ts';
import type { Navigation } from '../page/navigation.ts';
import type { Storage } from '../page/storage.ts';
import { randomId } from '../random-id.ts';
import type { RapportEvents, RapportOpenOptions } from '../rapport.d.ts';
import type { Store, WidgetState } from '../store.ts';
import type { TabMemory } from '../tab-memory.ts';
import type { Tabs } from '../tabs.ts';
import { createPart, type ViewPart } from '../ui/part.ts';
import type { VisitorActions } from '../visitor-actions.ts';
import type { VisitorRecord } from '../visitor-record.ts';
import { createCustomerDoor } from './customer-door.ts';
import { createLaterViews } from './later-views.ts';
import { openAt } from './opening.ts';
import { type Commands, createPageCalls, type PageCalls } from './page-calls.ts';

/** What few pages and visitors need, put together when the first of it is needed; its pieces are fetched one by one. */
export interface Extras extends PageCalls {
  /** Opens the panel where the page wants it. */
  openAt(options: RapportOpenOptions): void;
  popout(): void;
  /** The signed identity to connect with. */
  identity(): Promise<string | null> | null;
  signed(): string | null;
  onIdentityRefused(error: ErrorCode): void;
  onOpened(opened: Opened): void;
  /** The visitor has a record from now on. */
  onRecord(): void;
  resumeCustomer(): void;
  /** A message of an agent's has come that the visitor does not look at. */
  onMessage(message: string): void;
  onSounded(message: string): void;
  onUnread(count: number): void;
  undoEnd(): void;
  flushEnd(): void;
  watchHours(): void;
  /** Finds the pop-out window that the page before this one has opened. */
  findPopout(): void;
  /** Shows what was shared with whom. */
  shareLog(): void;
  render(view: LaterView, state: WidgetState, onClose: (returnsFocus: boolean) => void): ComponentChildren;
  forgetCustomer(): void;
}

export type LaterView = 'consent' | 'form' | 'email' | 'ending' | 'menu';

export interface ExtrasParts {
  handover: Handover;
  /** The commands that are there from the start. */
  commands: Pick<Commands, 'open' | 'close' | 'toggle' | 'show' | 'hide' | 'reset' | 'cobrowse'>;
  view: ViewPart;
  store: Store;
  connection: Connection;
  clock: Clock;
  record: VisitorRecord;
  memory: TabMemory;
  tabStorage: Storage;
  name: string;
  tabs: Pick<Tabs, 'tell'>;
  outbox: Pick<Outbox, 'add'>;
  actions: VisitorActions;
  navigation: Navigation;
  opened: Opened | null;
  keepVisitor(): void;
  hasConsented(): boolean;
  /** What is agreed to. */
  terms: string | null;
  onOtherPerson(): void;
  tell<E extends keyof RapportEvents>(name: E, detail: RapportEvents[E]): void;
  warn(text: string, error?: unknown): void;
  guard(run: () => void): void;
  report(error: unknown): void;
}

export function createExtras(parts: ExtrasParts): Extras {
  const { store, connection, clock, record, tabs, actions, navigation, warn, guard, report } = parts;
  const { origin, siteKey, config, options, popout, root } = parts.handover;
  const quietly = (work: Promise<unknown>) => void work.catch(report);

  const customer = createCustomerDoor({
    report,
    opened: parts.opened,
    load: () => import('../identity/customer.ts'),
    make: ({ createCustomer }) =>
      createCustomer({
        connection,
        storage: parts.tabStorage,
        name: parts.name,
        clock,
        isSignatureRequired: config.identity.mode === 'required',
        visit: navigation.visit,
        isKept: record.isKept,
        onWaits: (waits) => store.change({ pageWaits: waits }),
        onKnown(facts) {
          const known = store.get().customer ?? { name: null, email: null, verified: false };
          store.change({ customer: { ...known, ...facts } });
        },
        onIdentified(who) {
          store.change({ customer: who });
          parts.tell('identified', who);
        },
        onError(error, forDeveloper) {
          if (forDeveloper) warn(forDeveloper);
          parts.tell('identity_error', { error });
        },
        onOtherPerson: parts.onOtherPerson,
        warn,
      }),
  });

  const attention = createPart({
    load: () => import('../attention/page-attention.ts'),
    make: ({ createPageAttention }) =>
      createPageAttention({
        clock,
        guard,
        report,
        hasTitleBadge: options.titleBadge,
        isMuted: record.muted,
        tell: (message) => tabs.tell({ type: 'sounded', message }),
      }),
    report,
  });
  const withAttention = (work: (loaded: Attention) => void) =>
    quietly(attention.load().then((loaded) => loaded && work(loaded)));

  const ending = createPart({
    load: () => import('../menu/ending.ts'),
    make: ({ createEnding }) =>
      createEnding({
        clock,
        onChange: (id) => store.change({ ending: id }),
        end: (conversationId) =>
          quietly(parts.outbox.add(randomId(), { kind: 'conversation_end', conversationId })),
      }),
    report,
  });
  const end = (id: string) => quietly(ending.load().then((loaded) => loaded?.start(id)));

  const opener = createPart({
    load: () => import('../popout/opener.ts'),
    make: ({ createOpener }) =>
      createOpener({
        origin,
        siteKey,
        config,
        clock,
        guard,
        record: record.text,
        visit: navigation.visit,
        identity: () => customer.identity() ?? Promise.resolve(null),
        onOpen(isOpen) {
          parts.memory.setPopout(isOpen);
          store.change({ popout: isOpen });
          if (isOpen) actions.closePanel();
        },
        onBlocked: () => warn('the browser has not let the chat open a window.'),
      }),
    report,
  });

  function mute(muted: boolean) {
    record.note({ muted });
    // The menu shows it.
    store.change({});
  }

  const shareLog = () =>
    quietly(
      import('../share-log/share-log.tsx').then(({ openShareLog }) =>
        openShareLog({ root, connection, site: config.name }),
      ),
    );

  function openWindow() {
    // The window goes on as this visitor, who has to be found again on the next page.
    parts.keepVisitor();
    const loaded = opener.get();
    // At once: browsers let a window open only while the press is fresh.
    if (loaded) loaded.open();
    else quietly(opener.load().then((late) => late?.open()));
  }

  const views = createLaterViews({
    view: parts.view,
    config,
    actions,
    begin: () => openAt(store, actions, { view: 'new' }),
    agree() {
      record.note({ consent: parts.terms });
      parts.keepVisitor();
      store.change({ consented: parts.hasConsented() });
    },
    leaveEmail: (email) => customer.identify({ email }),
    isMuted: record.muted,
    mute,
    popout: popout || matchMedia('(pointer: coarse)').matches ? null : openWindow,
    preparePopout: () => void opener.load(),
    code: popout ? null : () => parts.commands.cobrowse('code'),
    end,
    undoEnd: () => ending.get()?.undo(),
    shareLog,
    async saveTranscript(conversationId) {
      const { saveTranscript } = await import('../menu/save-transcript.ts');
      return saveTranscript({ connection, conversationId, site: config.name, nowMs: clock.nowMs() });
    },
  });

  const calls = createPageCalls({
    warn,
    commands: {
      ...parts.commands,
      mute: () => mute(true),
      unmute: () => mute(false),
      identify: customer.identify,
      set: customer.set,
      track: customer.track,
      endChat() {
        const { view, logs } = store.get();
        const id = view.at === 'conversation' ? view.conversationId : latestOpen(logs);
        if (id !== null && logs[id]?.state.status === 'open') end(id);
      },
      popout: openWindow,
    },
  });

  return {
    run: calls.run,
    tell: calls.tell,
    openAt: (options) => openAt(store, actions, options),
    popout: openWindow,
    identity: customer.identity,
    signed: customer.signed,
    onIdentityRefused: customer.onRefused,
    onOpened: customer.onOpened,
    onRecord: customer.onRecord,
    resumeCustomer: customer.resume,
    onMessage: (message) => withAttention((loaded) => loaded.onMessage(message)),
    onSounded: (message) => withAttention((loaded) => loaded.onSounded(message)),
    onUnread: (count) => withAttention((loaded) => loaded.onUnread(count)),
    undoEnd: () => ending.get()?.undo(),
    flushEnd: () => ending.get()?.flush(),
    async watchHours() {
      try {
        const { watchHours } = await import('../hours/hours-watch.ts');
        watchHours({ hours: config.hours, clock, onChange: (hours) => store.change({ hours }) });
      } catch (error) {
        report(error);
      }
    },
    findPopout: () => void opener.load(),
    shareLog,
    render: (view, state, onClose) => views[view](state, onClose),
    forgetCustomer: customer.forget,
  };
}
