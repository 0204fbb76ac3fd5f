import { h, render } from 'preact';
import type { AgentCard } from '../shared/model/agent.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import { type ChatParts, createProgress, type FileDoor } from './chat/chat-parts.ts';
import { chatStyles } from './chat/chat-styles.ts';
import { Composer } from './chat/composer.tsx';
import { ConversationView } from './chat/conversation-view.tsx';
import { ConversationsCard } from './chat/conversations-card.tsx';
import type { Uploads } from './chat/files/uploads.ts';
import type { CobrowseDoor } from './cobrowse-door.ts';
import { createConnection, type Opened } from './connection.ts';
import { createConversations } from './conversations.ts';
import { createDeliver } from './deliver.ts';
import type { Extras } from './extras/extras.ts';
import type { Handover, Start } from './handover.ts';
import { createOutbox } from './outbox.ts';
import { needsUpload } from './outbox-item.ts';
import { createOutboxShelf } from './outbox-shelf.ts';
import { createOutside } from './outside.ts';
import { createClock } from './page/clock.ts';
import { createNavigation } from './page/navigation.ts';
import { createStorage } from './page/storage.ts';
import { createVisibility } from './page/visibility.ts';
import { randomId } from './random-id.ts';
import type { RapportEvents } from './rapport.d.ts';
import { createReads } from './reads.ts';
import { App } from './shell/app.tsx';
import { guardEvents } from './shell/guard-events.ts';
import { isFullScreen } from './shell/panel.tsx';
import { shellStyles } from './shell/shell-styles.ts';
import { tokenStyles } from './shell/tokens.ts';
import { createStore, firstState, isSurveyOpen, totalUnread, type WidgetState } from './store.ts';
import type { Survey } from './survey/survey.tsx';
import { createTabMemory } from './tab-memory.ts';
import { createTabs } from './tabs.ts';
import * as texts from './texts.ts';
import { createTyping } from './typing.ts';
import { adoptStyles } from './ui/adopt-styles.ts';
import { Late } from './ui/late.tsx';
import { createPart, viewParts } from './ui/part.ts';
import { createVisitorActions } from './visitor-actions.ts';
import { createVisitorRecord, recordName } from './visitor-record.ts';

/** Builds the widget from its parts. This is the only file that knows them all. */
export const start: Start = (handover: Handover) => {
  const { origin, siteKey, config, root, launcher, popout } = handover;

  // ── the page ───────────────────────────────────────────────────────────────────────────────────────────────

  const warn = (text: string, error?: unknown) =>
    console.warn(`Rapport: ${text}`, ...(error === undefined ? [] : [error]));
  let tellError = (_message: string) => {};
  const report = (error: unknown) => {
    warn('something failed; the page is not affected.', error);
    tellError(String(error));
  };
  const guard = (run: () => void) => {
    try {
      run();
    } catch (error) {
      report(error);
    }
  };
  const quietly = (work: Promise<unknown>) => void work.catch(report);

  const entryName = recordName(siteKey);
  // A window on Rapport's origin hears nothing of other visitors' windows there.
  const name = popout ? `${entryName}:${randomId()}` : entryName;
  const clock = createClock(guard);
  const visibility = createVisibility();
  const tabStorage = createStorage(() => sessionStorage);
  const localStore = createStorage(() => localStorage);
  if (popout && tabStorage.read(entryName) === null) tabStorage.write(entryName, popout.record);
  const record = createVisitorRecord({ storage: popout ? tabStorage : localStore, siteKey });
  const memory = createTabMemory({ storage: tabStorage, name: popout ? `${entryName}:window` : name });
  const navigation = popout?.navigation ?? createNavigation({ clock, privacy: config.privacy });
  /** What has to be agreed to before anything is sent; null for nothing. */
  const terms = config.chat.consent.on ? config.chat.consent.text : null;
  const hasConsented = () => terms === null || record.consent() === terms;
  const store = createStore({
    ...firstState,
    hidden: handover.hidden,
    keptUnread: record.unread(),
    consented: hasConsented(),
  });
  const typing = createTyping({ store, clock });

  // ── the server and the other tabs ──────────────────────────────────────────────────────────────────────────

  /** The token of the connection; another tab may have kept its own since. */
  let usedToken = record.token();

  function keepVisitor() {
    if (record.isKept() && record.token() === usedToken) return;
    record.keep();
    if (record.token() !== usedToken) connection.restart();
  }

  /** The signed identity to show with the token, fresh; null where the page gives none. */
  function identity(): Promise<string | null> | null {
    if (popout) return popout.identity();
    return isExtraAsked ? extras.load().then((part) => part?.identity() ?? null) : null;
  }

  const connection = createConnection({
    origin,
    siteKey,
    token() {
      usedToken = record.token();
      return usedToken;
    },
    identity,
    onIdentityRefused: (error) => extras.get()?.onIdentityRefused(error),
    visit: navigation.visit,
    clock,
    guard,
    onState(state, error) {
      store.change({ connection: state, signedOut: error === 'identity_required' });
      if (state !== 'online') typing.stopAll();
      // What is in this browser belongs to somebody else than the page has signed for.
      if (error === 'forbidden' && extras.get()?.signed()) onOtherPerson();
    },
    onOpened(opened) {
      if (opened.visitorId !== null) keepVisitor();
      store.change({
        agents: opened.agents,
        usualReplyMs: opened.usualReplyMs,
        queue: Object.fromEntries(opened.queue.map((place) => [place.conversationId, place.position])),
        customer: opened.customer ?? store.get().customer,
      });
      lastOpened = opened;
      extras.get()?.onOpened(opened);
      conversations.onOpened(opened);
      hearCobrowse(opened.cobrowse);
      for (const sessionId of record.stopped()) {
        quietly(outbox.add(`stop-${sessionId}`, { kind: 'cobrowse_stop', sessionId }));
      }
      reads.tellAll();
      actions.onOpened();
      outbox.nudge();
    },
    facts: {
      'entry:added': ({ entry, epoch }) => conversations.onEntry(entry, epoch),
      'conversation:added': ({ conversation, epoch }) => {
        // An agent may have written first: the visitor has a record from now on.
        keepVisitor();
        extras.get()?.onRecord();
        conversations.onConversation(conversation, epoch);
      },
      'heads:beat': ({ epoch, heads }) => conversations.onHeads(epoch, heads),
      'presence:changed': ({ agents }) => store.change({ agents }),
      'queue:changed': ({ conversationId, position }) => {
        const { [conversationId]: _, ...others } = store.get().queue;
        store.change({ queue: position === null ? others : { ...others, [conversationId]: position } });
      },
      'cobrowse:changed': ({ session }) => hearCobrowse(session),
      'typing:changed': ({ conversationId, agent, typing: isTyping }) =>
        isTyping ? typing.set(conversationId, agent) : typing.stop(conversationId),
    },
  });

  const conversations = createConversations({
    store,
    clock,
    connection,
    onApplied(entry) {
      const { sender, conversationId } = entry;
      if (entry.kind === 'status' && entry.payload.status === 'closed') {
        tell('conversation_ended', { conversationId });
      }
      if (sender.role === 'visitor') return quietly(outbox.confirm(entry.clientId, entry.conversationId));
      if (entry.kind !== 'message' || sender.role === 'system') return;
      reads.arrived(entry.conversationId);
      typing.stop(entry.conversationId);
      // The open panel's log speaks for itself.
      const { panel, view } = store.get();
      if (panel === 'closed') announcer.textContent = texts.newFrom(sender.name);
      const isShown =
        panel === 'open' && view.at === 'conversation' && view.conversationId === conversationId;
      // While the page that opened this window is there, its tabs make the sound.
      if (!popout?.isOpenerThere()) {
        const message = `${conversationId} ${entry.seq}`;
        // What is on screen needs no sound, in no tab.
        if (isShown && visibility.isVisible()) tabs.tell({ type: 'sounded', message });
        else withExtras((part) => part.onMessage(message));
      }
      tell('message', { from: 'agent', atMs: entry.atMs });
    },
  });

  const tabs = createTabs({
    name,
    guard,
    onNews(news) {
      switch (news.type) {
        case 'outbox_changed':
          return quietly(outbox.reload());
        case 'entry_added':
          if (store.get().logs[news.entry.conversationId]) conversations.onEntry(news.entry, news.epoch);
          return;
        case 'conversation_added':
          if (store.get().opened) conversations.onConversation(news.conversation, news.epoch);
          return;
        case 'read':
          return reads.note(news.conversationId, news.seq);
        case 'delivered':
          return reads.noteDelivered(news.conversationId, news.seq);
        case 'cobrowse_stopped':
          return withCobrowse((part) => part.stopHere(news.sessionId));
        case 'sounded':
          return withExtras((part) => part.onSounded(news.message));
        case 'visitor_forgotten':
          return forgetHere();
      }
    },
    onRecord() {
      if (!record.isKept()) return;
      // A tab that made a token of its own takes the one that is kept.
      if (record.token() !== usedToken) connection.restart();
      // An open menu shows whether messages sound.
      store.change({ consented: hasConsented() });
    },
  });

  const reads = createReads({
    store,
    connection,
    tabs,
    clock,
    isTabVisible: visibility.isVisible,
    onEntry: conversations.onEntry,
  });

  const outbox = createOutbox({
    shelf: popout?.shelf ?? createOutboxShelf({ name, owner: record.token, report }),
    clock,
    random: Math.random,
    connected: connection.online,
    report,
    exclusively: tabs.exclusively,
    deliver: createDeliver({
      connection,
      visit: navigation.visit,
      onStarted(conversation, entry, epoch) {
        conversations.onStarted(conversation, entry, epoch);
        extras.get()?.onRecord();
        tell('conversation_started', { conversationId: conversation.id });
        tabs.tell({ type: 'conversation_added', conversation, epoch });
      },
      onEntry(entry) {
        const { epoch } = store.get();
        if (epoch === null) return;
        conversations.onEntry(entry, epoch);
        tabs.tell({ type: 'entry_added', entry, epoch });
      },
      onStopDelivered: (sessionId, result) => withCobrowse((part) => part.onStopDelivered(sessionId, result)),
    }),
    onChange(items) {
      store.change({ outbox: items });
      uploads?.check();
      if (!uploads && items.some((item) => item.state === 'pending' && needsUpload(item))) startUploads();
    },
    announce: () => tabs.tell({ type: 'outbox_changed' }),
    onDelivered(item, conversationId) {
      actions.onDelivered(item, conversationId);
      if (item.task.kind === 'message') tell('message', { from: 'visitor', atMs: clock.nowMs() });
    },
  });

  navigation.onChange(() => {
    if (connection.isOnline()) void connection.request('page:changed', navigation.current());
  });
  visibility.onFrozen((frozen) => {
    if (frozen) extras.get()?.flushEnd();
    connection.freeze(frozen);
  });

  /** Tells the page, by a DOM event and, when it has any, its listeners. */
  function tell<E extends keyof RapportEvents>(event: E, detail: RapportEvents[E]) {
    window.dispatchEvent(new CustomEvent(`rapport:${event}`, { detail }));
    // Behind the listeners' own calls, which may still wait for the part.
    if (isExtraAsked) withExtras((part) => part.tell(event, detail));
  }

  // ── what few pages and visitors need ───────────────────────────────────────────────────────────────────────

  let lastOpened: Opened | null = null;
  let isExtraAsked = false;
  const view = viewParts(root, report);
  const extras = createPart({
    load: () => import('./extras/extras.ts'),
    make: ({ createExtras }) =>
      createExtras({
        handover,
        commands,
        view,
        store,
        connection,
        clock,
        record,
        memory,
        tabStorage,
        name,
        tabs,
        outbox,
        actions,
        navigation,
        opened: lastOpened,
        keepVisitor,
        hasConsented,
        terms,
        onOtherPerson,
        tell,
        warn,
        guard,
        report,
      }),
    report,
  });
  function withExtras(work: (part: Extras) => void) {
    isExtraAsked = true;
    quietly(extras.load().then((part) => part && work(part)));
  }

  /** A tab that nobody looks at says so in its title. */
  function countInTitle() {
    const count = visibility.isVisible() ? 0 : totalUnread(store.get());
    if (count > 0 || extras.get()) withExtras((part) => part.onUnread(count));
  }
  visibility.onChange(() => guard(countInTitle));

  // ── what only some conversations need ──────────────────────────────────────────────────────────────────────

  const pictureOf = ({ avatar }: AgentCard) => (avatar ? `${origin}/avatar/${avatar}` : null);
  const emojiName = `${name}:emoji`;
  const fileDoor: FileDoor = {
    url: `${origin}/api/visitor/files`,
    async headers() {
      const signed = await identity();
      return {
        Authorization: `Bearer ${record.token()}`,
        'X-Rapport-Site': siteKey,
        ...(signed && { 'X-Rapport-Identity': signed }),
      };
    },
  };
  const chat: ChatParts = {
    list: view(() => import('./chat/list/conversation-list.tsx')),
    log: view(() => import('./chat/log/log-line.tsx')),
    format: view(() => import('./chat/format/formatted-text.tsx')),
    files: view(() => import('./chat/files/chat-files.tsx')),
    emoji: view(() => import('./chat/emoji/emoji-picker.tsx')),
    menu: view(() => import('./chat/menu/message-menu.tsx')),
    fileDoor,
    progress: createProgress(),
    emojiMemory: {
      read: () => localStore.read(emojiName) ?? tabStorage.read(emojiName),
      // Before the visitor has written, nothing outlasts the tab.
      write: (text) => (record.isKept() ? localStore : tabStorage).write(emojiName, text),
    },
    picture(agentId) {
      for (const agent of store.get().agents ?? []) avatars.set(agent.id, pictureOf(agent));
      return avatars.get(agentId) ?? null;
    },
  };
  /** Pictures of agents who were there since the page was opened. */
  const avatars = new Map<string, string | null>();
  let uploads: Uploads | undefined;
  let isStartingUploads = false;

  function startUploads() {
    if (isStartingUploads) return;
    isStartingUploads = true;
    void chat.files.load().then((part) => {
      isStartingUploads = false;
      uploads ??= part?.startUploads({
        outbox,
        clock,
        progress: chat.progress,
        door: fileDoor,
        connection,
        tabs,
        report,
      });
      uploads?.check();
    });
  }

  // ── co-browsing ────────────────────────────────────────────────────────────────────────────────────────────

  /** Grows when the visitor is forgotten: what was begun for the one before is left. */
  let visitor = 0;
  const cobrowse = createPart({
    load: () => import('./cobrowse-session.ts'),
    make: ({ createCobrowseSession }) =>
      createCobrowseSession({
        handover,
        store,
        connection,
        navigation,
        record,
        tabStorage,
        name,
        tabs,
        outbox,
        identity,
        keepVisitor,
        closePanel: () => actions.closePanel(),
        tell,
        report,
      }),
    report,
  });
  function withCobrowse(work: (part: CobrowseDoor) => void) {
    const askedFor = visitor;
    quietly(cobrowse.load().then((part) => part && askedFor === visitor && work(part)));
  }
  function hearCobrowse(session: CobrowseSession | null) {
    // The window of its own shows no page that could be shared.
    if (!popout && (session || cobrowse.get())) withCobrowse((part) => part.hear(session));
  }

  // ── what the visitor and the page do ───────────────────────────────────────────────────────────────────────

  const actions = createVisitorActions({
    store,
    config,
    memory,
    outbox,
    connection,
    consent: () => terms,
    undoEnd: () => extras.get()?.undoEnd(),
    read: reads.read,
    load: conversations.load,
    loadEarlier: conversations.loadEarlier,
    offerCobrowse: () => withCobrowse((part) => part.offer()),
    keepVisitor,
    quietly,
    onPanel(panel) {
      if (panel === 'closed') extras.get()?.flushEnd();
      if (panel === 'closed' && popout) return popout.close();
      if (config.hours.on && !store.get().hours) withExtras((part) => part.watchHours());
      // The panel goes with the focus in it; without one the page keeps its own.
      if (panel === 'closed' && root.activeElement) launcher.button.focus();
      tell(panel === 'open' ? 'open' : 'close', undefined);
    },
  });

  function forgetHere() {
    record.renew();
    extras.get()?.forgetCustomer();
    tabStorage.remove(`${name}:customer`);
    forgetVisitor();
  }

  /** Somebody else is signed in from now on: nothing of the one before is for them. */
  function onOtherPerson() {
    record.forget();
    quietly(outbox.forget());
    forgetVisitor();
    tabs.tell({ type: 'visitor_forgotten' });
  }

  function forgetVisitor() {
    visitor += 1;
    cobrowse.get()?.forget();
    outbox.drop();
    memory.forget();
    localStore.remove(emojiName);
    tabStorage.remove(emojiName);
    typing.stopAll();
    const { hidden, hours, pageWaits } = store.get();
    store.change({ ...firstState, hidden, hours, pageWaits, consented: hasConsented() });
    connection.restart();
  }

  const openWindow = () => withExtras((part) => part.popout());

  const commands = {
    open(options: unknown) {
      if (store.get().popout) return openWindow();
      const place = typeof options === 'object' ? options : null;
      if (!place) return actions.openPanel(true);
      isExtraAsked = true;
      quietly(extras.load().then((part) => (part ? part.openAt(place) : actions.openPanel(true))));
    },
    close: actions.closePanel,
    toggle() {
      if (store.get().popout) openWindow();
      else if (store.get().panel === 'open') actions.closePanel();
      else actions.openPanel(true);
    },
    show() {
      store.change({ hidden: false });
      tell('show', undefined);
    },
    hide() {
      actions.closePanel();
      store.change({ hidden: true });
      tell('hide', undefined);
    },
    reset() {
      const session = store.get().cobrowse;
      // Before the connection goes, which writes out what it was given: afterwards nobody could stop it.
      if (session) quietly(connection.request('cobrowse:stop', { sessionId: session.id }));
      record.forget();
      quietly(outbox.forget());
      forgetHere();
      tabs.tell({ type: 'visitor_forgotten' });
    },
    cobrowse(what: 'start' | 'code' | 'stop') {
      const session = store.get().cobrowse;
      if (what === 'start') actions.offerCobrowse();
      else if (what === 'code') withCobrowse((part) => part.code());
      else if (session) withCobrowse((part) => quietly(part.stop(session.id)));
    },
  };

  /** What the page calls; listeners, and calls that need more or make no sense, are for a part of their own. */
  function run(args: readonly unknown[]): unknown {
    const [name, first] = args;
    if (name !== 'cobrowse' && Object.hasOwn(commands, name as string)) {
      return (commands[name as keyof typeof commands] as (first: unknown) => void)(first);
    }
    let end: unknown;
    let isEnded = false;
    withExtras((part) => {
      if (!isEnded) end = part.run(args);
    });
    return () => {
      isEnded = true;
      if (typeof end === 'function') end();
    };
  }

  // ── what the visitor sees ──────────────────────────────────────────────────────────────────────────────────

  const app = document.createElement('div');
  const announcer = document.createElement('div');
  app.className = 'app';
  announcer.className = 'unseen';
  announcer.setAttribute('role', 'status');
  adoptStyles(root, tokenStyles(config.look.accent) + shellStyles + chatStyles);
  // Before the launcher, so that the panel's last control and the launcher are neighbours for the keyboard.
  root.prepend(app, announcer);
  // The page's own shortcuts must not fire while the visitor writes: it sees our host as target, not the text field.
  for (const type of ['keydown', 'keyup', 'keypress']) {
    app.addEventListener(type, (event) => event.stopPropagation());
  }
  guardEvents(guard);

  const survey = createPart({
    load: () => import('./survey/survey.tsx'),
    make({ createSurvey, styles }) {
      adoptStyles(root, styles);
      return createSurvey({ config, actions });
    },
    report,
  });

  function renderSurvey(state: WidgetState, conversationId: string) {
    const loaded = survey.get();
    if (loaded) return loaded.render(state, conversationId);
    if (!isSurveyOpen(state, conversationId)) return null;
    return h(Late<Survey>, { part: survey, children: (late) => late.render(state, conversationId) });
  }

  const parts = {
    extras,
    store,
    config,
    actions,
    report,
    takesFocus: actions.takesFocus,
    isWindow: popout !== undefined,
    picture: pictureOf,
    startAnew: () => commands.reset(),
    renderComposer: ({ prefilled }) =>
      h(Composer, {
        key: prefilled,
        placeholder: config.texts.placeholder,
        draft: actions.draft({ at: 'home' }),
        files: config.chat.files,
        held: actions.held({ at: 'home' }),
        chat,
        onDraft: (text) => actions.setDraft({ at: 'home' }, text),
        onSend: actions.send,
        onTyping: () => {},
      }),
    renderConversations: (state) =>
      h(ConversationsCard, { state, site: config.name, actions, list: chat.list }),
    renderConversation: (state, view) =>
      h(ConversationView, {
        state,
        view,
        config,
        actions,
        visibility,
        chat,
        survey: view.at === 'conversation' ? renderSurvey(state, view.conversationId) : null,
      }),
  } satisfies Parameters<typeof App>[0];
  render(h(App, parts), app);

  const follow = createOutside({
    launcher,
    connection,
    record,
    clock,
    isLive: config.liveVisitors,
    onUnread(count) {
      countInTitle();
      tell('unread', { count });
    },
  });
  store.subscribe(() => guard(() => follow(store.get())));

  // ── go ─────────────────────────────────────────────────────────────────────────────────────────────────────

  tellError = (message) => tell('error', { message });
  follow(store.get());
  if (record.isKept()) {
    quietly(outbox.reload());
    if (tabStorage.read(`${name}:customer`)) withExtras((part) => part.resumeCustomer());
  }
  if (memory.hasPopout()) withExtras((part) => part.findPopout());
  // A panel that covers the page would be in the way of who has just gone to another one.
  if (memory.isOpen() && !isFullScreen()) actions.openPanel(false);

  handover.take((args) => {
    try {
      return run(args);
    } catch (error) {
      report(error);
    }
  });
  for (const call of handover.calls) {
    if (!call.cancelled) guard(() => (call.result = run(call.args)));
  }
};
