import { h, render } from 'preact';
import { createApi } from './api.ts';
import { chatStyles } from './chat/chat-styles.ts';
import { Composer } from './chat/composer.tsx';
import { ConversationView } from './chat/conversation-view.tsx';
import { createCobrowseDoor } from './cobrowse-door.ts';
import { createCobrowseRequests } from './cobrowse-requests.ts';
import { createConnection } from './connection.ts';
import { latestOpen } from './conversation-log.ts';
import { createConversations } from './conversations.ts';
import { createDeliver } from './deliver.ts';
import type { Handover, Start } from './handover.ts';
import { createOutbox } from './outbox.ts';
import { createOutboxShelf } from './outbox-shelf.ts';
import { createOutside } from './outside.ts';
import { createClock } from './page/clock.ts';
import { createNavigation } from './page/navigation.ts';
import { createStorage } from './page/storage.ts';
import { createTabId } from './page/tab-id.ts';
import { createVisibility } from './page/visibility.ts';
import { createReads } from './reads.ts';
import { App } from './shell/app.tsx';
import { guardEvents } from './shell/guard-events.ts';
import { lazyPart } from './shell/lazy-part.tsx';
import { isFullScreen } from './shell/panel.tsx';
import { shellStyles } from './shell/shell-styles.ts';
import { tokenStyles } from './shell/tokens.ts';
import { createStore, firstState, isSurveyOpen, type WidgetState } from './store.ts';
import { createTabMemory } from './tab-memory.ts';
import { createTabs } from './tabs.ts';
import { texts } from './texts.ts';
import { createTyping } from './typing.ts';
import { adoptStyles } from './ui/adopt-styles.ts';
import { createVisitorActions } from './visitor-actions.ts';
import { createVisitorRecord, recordName } from './visitor-record.ts';

/** Builds the widget from its parts. This is the only file that knows them all. */
export const start: Start = (handover: Handover) => {
  const { origin, siteKey, config, host, root, launcher } = handover;

  // ── the page ───────────────────────────────────────────────────────────────────────────────────────────────

  const warn = (text: string, error?: unknown) =>
    console.warn(`Rapport: ${text}`, ...(error === undefined ? [] : [error]));
  const report = (error: unknown) => warn('something failed; the page is not affected.', error);
  const guard = (run: () => void) => {
    try {
      run();
    } catch (error) {
      report(error);
    }
  };
  const quietly = (work: Promise<unknown>) => void work.catch(report);

  const name = recordName(siteKey);
  const clock = createClock(guard);
  const visibility = createVisibility();
  const tabStorage = createStorage(() => sessionStorage);
  const record = createVisitorRecord({ storage: createStorage(() => localStorage), siteKey });
  const memory = createTabMemory({ storage: tabStorage, name });
  const tab = createTabId({ storage: tabStorage, name: `${name}:tab` });
  const navigation = createNavigation({ clock, privacy: config.privacy });
  const store = createStore({ ...firstState, hidden: handover.hidden, keptUnread: record.unread() });
  const typing = createTyping({ store, clock });

  // ── the server and the other tabs ──────────────────────────────────────────────────────────────────────────

  /** The token of the connection; another tab may have kept its own since. */
  let usedToken = record.token();

  function keepVisitor() {
    if (record.isKept() && record.token() === usedToken) return;
    record.keep();
    tabs.tell({ type: 'token_kept' });
    if (record.token() !== usedToken) connection.restart();
  }

  const connection = createConnection({
    origin,
    siteKey,
    token() {
      usedToken = record.token();
      return usedToken;
    },
    visit: navigation.visit,
    clock,
    guard,
    onState(state) {
      store.change({ connection: state });
      if (state !== 'online') typing.stopAll();
    },
    onOpened(opened) {
      store.change({ agents: opened.agents });
      conversations.onOpened(opened);
      cobrowse.hear(opened.cobrowse);
      for (const sessionId of record.stopped()) sendStop(sessionId);
      reads.tellAll();
      actions.onOpened();
      outbox.nudge();
    },
    facts: {
      'entry:added': ({ entry, epoch }) => conversations.onEntry(entry, epoch),
      'conversation:added': ({ conversation, epoch }) => conversations.onConversation(conversation, epoch),
      'heads:beat': ({ epoch, heads }) => conversations.onHeads(epoch, heads),
      'presence:changed': ({ agents }) => store.change({ agents }),
      'cobrowse:changed': ({ session }) => cobrowse.hear(session),
      'typing:changed': ({ conversationId, agent, typing: isTyping }) =>
        isTyping ? typing.set(conversationId, agent) : typing.stop(conversationId),
    },
  });

  const conversations = createConversations({
    store,
    clock,
    connection,
    onApplied(entry) {
      const { sender } = entry;
      if (entry.kind !== 'message' || sender.role === 'system') return;
      if (sender.role === 'visitor') return quietly(outbox.confirm(entry.clientId, entry.conversationId));
      typing.stop(entry.conversationId);
      // The open panel's log speaks for itself.
      if (store.get().panel === 'closed') announcer.textContent = texts.newFrom(sender.name);
      api.tell('message', { from: 'agent', atMs: entry.atMs });
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
        case 'cobrowse_stopped':
          return cobrowse.stopHere(news.sessionId);
        case 'token_kept':
          if (record.token() !== usedToken) connection.restart();
          return;
        case 'visitor_forgotten':
          return forgetHere();
      }
    },
  });

  const reads = createReads({
    store,
    connection,
    tabs,
    isTabVisible: visibility.isVisible,
    onEntry: conversations.onEntry,
  });

  const outbox = createOutbox({
    shelf: createOutboxShelf({ name, owner: record.token, report }),
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
        tabs.tell({ type: 'conversation_added', conversation, epoch });
      },
      onEntry(entry) {
        const { epoch } = store.get();
        if (epoch === null) return;
        conversations.onEntry(entry, epoch);
        tabs.tell({ type: 'entry_added', entry, epoch });
      },
      onStopDelivered: (sessionId, result) => cobrowse.onStopDelivered(sessionId, result),
    }),
    onChange: (items) => store.change({ outbox: items }),
    announce: () => tabs.tell({ type: 'outbox_changed' }),
    onDelivered(item, conversationId) {
      actions.onDelivered(item, conversationId);
      if (item.task.kind === 'message') api.tell('message', { from: 'visitor', atMs: clock.nowMs() });
    },
  });

  navigation.onChange(() => {
    if (connection.isOnline()) void connection.request('page:changed', navigation.current());
  });
  visibility.onFrozen(connection.freeze);

  // ── co-browsing ────────────────────────────────────────────────────────────────────────────────────────────

  /** Kept once, however often it is asked for. */
  const sendStop = (sessionId: string) =>
    quietly(outbox.add(`stop-${sessionId}`, { kind: 'cobrowse_stop', sessionId }));

  const cobrowse = createCobrowseDoor({
    load: async () => (await import('./cobrowse/cobrowse.ts')).createCobrowse,
    token: record.token,
    parts: {
      origin,
      siteKey,
      tab: tab.id,
      config,
      host,
      root,
      page: navigation,
      closePanel: () => actions.closePanel(),
      requests: createCobrowseRequests({
        connection,
        visit: navigation.visit,
        conversationId() {
          const { view } = store.get();
          return view.at === 'conversation' ? view.conversationId : latestOpen(store.get().logs);
        },
        keepVisitor,
        onSession: (session) => cobrowse.hear(session),
      }),
    },
    stopped: {
      has: (id) => record.stopped().includes(id),
      add: (id) => record.note({ stopped: [...record.stopped().filter((other) => other !== id), id] }),
      remove(id) {
        if (!record.stopped().includes(id)) return;
        record.note({ stopped: record.stopped().filter((other) => other !== id) });
      },
    },
    sendStop(sessionId) {
      sendStop(sessionId);
      tabs.tell({ type: 'cobrowse_stopped', sessionId });
    },
    onSession: (session) => store.change({ cobrowse: session }),
    report,
  });

  // ── what the visitor and the page do ───────────────────────────────────────────────────────────────────────

  const actions = createVisitorActions({
    store,
    memory,
    outbox,
    connection,
    read: reads.read,
    load: conversations.load,
    offerCobrowse: cobrowse.offer,
    keepVisitor,
    quietly,
    onPanel(panel) {
      // The panel goes with the focus in it; without one the page keeps its own.
      if (panel === 'closed' && root.activeElement) launcher.button.focus();
      api.tell(panel === 'open' ? 'open' : 'close', undefined);
    },
  });

  function forgetHere() {
    record.renew();
    cobrowse.forget();
    outbox.drop();
    memory.forget();
    typing.stopAll();
    store.change({ ...firstState, hidden: store.get().hidden });
    connection.restart();
  }

  const api = createApi({
    warn,
    dispatch: (event, detail) => window.dispatchEvent(new CustomEvent(event, { detail })),
    commands: {
      open: () => actions.openPanel(true),
      close: actions.closePanel,
      toggle: () => (store.get().panel === 'open' ? actions.closePanel() : actions.openPanel(true)),
      show: () => store.change({ hidden: false }),
      hide() {
        actions.closePanel();
        store.change({ hidden: true });
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
      startCobrowse: cobrowse.offer,
      stopCobrowse() {
        const session = store.get().cobrowse;
        if (session) quietly(cobrowse.stop(session.id));
      },
    },
  });

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

  const SatisfactionCard = lazyPart({
    report,
    async load() {
      const { SatisfactionCard: card, surveyStyles } = await import('./survey/satisfaction-card.tsx');
      adoptStyles(root, surveyStyles);
      return card;
    },
  });

  /** Surveys answered while this page is open: their thanks stay in sight. */
  const thanked = new Set<string>();

  function renderSurvey(state: WidgetState, conversationId: string) {
    const survey = state.logs[conversationId]?.state.survey;
    if (!survey || survey.state === 'none') return null;
    const { surveyId } = survey;
    const answered = thanked.has(surveyId);
    if (!answered && !isSurveyOpen(state, conversationId)) return null;
    return h(SatisfactionCard, {
      question: config.texts.surveyQuestion,
      thanks: config.texts.surveyThanks,
      answered,
      onAnswer(score, comment) {
        thanked.add(surveyId);
        actions.answerSurvey(conversationId, surveyId, score, comment);
      },
      onDismiss: () => actions.dismissSurvey(conversationId, surveyId),
    });
  }

  const parts = {
    store,
    config,
    actions,
    report,
    takesFocus: actions.takesFocus,
    renderComposer: () =>
      h(Composer, {
        placeholder: config.texts.placeholder,
        draft: actions.draft({ at: 'home' }),
        onDraft: (text) => actions.setDraft({ at: 'home' }, text),
        onSend: actions.send,
        onTyping: () => {},
      }),
    renderConversation: (state, view) =>
      h(ConversationView, {
        state,
        view,
        config,
        actions,
        visibility,
        survey: view.at === 'conversation' ? renderSurvey(state, view.conversationId) : null,
      }),
  } satisfies Parameters<typeof App>[0];
  render(h(App, parts), app);

  const follow = createOutside({
    launcher,
    connection,
    record,
    clock,
    onUnread: (count) => api.tell('unread', { count }),
  });
  store.subscribe(() => guard(() => follow(store.get())));

  // ── go ─────────────────────────────────────────────────────────────────────────────────────────────────────

  follow(store.get());
  if (record.isKept()) quietly(outbox.reload());
  // A panel that covers the page would be in the way of who has just gone to another one.
  if (memory.isOpen() && !isFullScreen()) actions.openPanel(false);

  handover.take((args) => {
    try {
      return api.run(args);
    } catch (error) {
      report(error);
    }
  });
  for (const call of handover.calls) {
    if (!call.cancelled) guard(() => (call.result = api.run(call.args)));
  }
};
