import { render } from 'preact';
import { createConnection } from './connection.ts';
import { Console } from './console.tsx';
import { ConsoleProvider } from './console-context.ts';
import { createDesk } from './inbox/desk.ts';
import { tellTaken } from './inbox/taken-toast.ts';
import { keptText } from './kept-text.ts';
import { watchAttention } from './notifications/attention.ts';
import { browserNotices } from './notifications/browser-notices.ts';
import { createChime } from './notifications/chime.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createTabs } from './notifications/tabs.ts';
import { keepPageTitle } from './page-title.ts';
import { createPreferences } from './preferences.ts';
import { refusalWords } from './refusal-words.ts';
import { createSession } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { Starting } from './starting.tsx';
import { createStore } from './store.ts';
import { startLastInput } from './ui/last-input.ts';
import { startNow } from './ui/now.ts';
import { createToasts } from './ui/toasts.ts';
import './ui/base.css';

const root = document.getElementById('console');
if (!root) throw new Error('the page has no #console');

const preferences = createPreferences(keptText(() => localStorage, 'rapport:'));
const session = createSession({ fetch: (path, init) => fetch(path, init) });
startNow();
startLastInput();

/** Line, store and pages of one signed-in agent; gone when the agent signs out. */
function openConsole(agentId: string) {
  // Bound to the agent: a colleague who signs in in this tab must not send these texts.
  const kept = keptText(() => sessionStorage, `rapport:${agentId}:`);
  const connection = createConnection({ session, network: window });
  const toasts = createToasts();
  const store = createStore({
    connection,
    kept,
    preferredSiteId: preferences.siteId.value,
    onSite: preferences.setSiteId,
    onTaken: (conversationId) => tellTaken(conversationId, store, toasts),
  });
  const { conversations } = store;
  const desk = createDesk({ accessToken: connection.accessToken, kept });
  // What waits to be undone is sent before the page is gone.
  addEventListener('pagehide', store.actions.flush);
  const onLeaving = (event: BeforeUnloadEvent) => {
    if (desk.attachments.isUploading()) event.preventDefault();
  };
  addEventListener('beforeunload', onLeaving);
  const tabs = createTabs({ locks: navigator.locks ?? null, agentId });
  const chime = createChime(() => new AudioContext());
  const notifications = createNotifications({
    news: store,
    row: (id) => conversations.get(id).row,
    agentId: () => agentId,
    availability: () => store.availability.peek(),
    serverNowMs: store.serverNowMs,
    tabs,
    desktop: browserNotices(window),
    chime,
    preferences,
  });
  const stopAttending = watchAttention(conversations.viewed, tabs);
  const stopTitle = keepPageTitle(() => conversations.waiting.value.length);
  async function signOut() {
    store.actions.flush();
    const refusal = await session.signOut();
    if (refusal) toasts.tell(`You are still signed in. ${refusalWords(refusal)}`, { tone: 'danger' });
    // Messages that are not sent yet wait for their writer; drafts do not outlive a sign-out.
    else if (store.outbox.pending.value.length === 0) kept.clear();
  }
  return {
    parts: {
      signOut: () => void signOut(),
      connection,
      store,
      preferences,
      toasts,
      desk,
      notifications,
      kept,
    },
    close() {
      stopTitle();
      stopAttending();
      notifications.close();
      tabs.close();
      chime.close();
      removeEventListener('pagehide', store.actions.flush);
      removeEventListener('beforeunload', onLeaving);
      toasts.close();
      desk.close();
      store.close();
      connection.close();
    },
  };
}

let opened: { agentId: string; console: ReturnType<typeof openConsole> } | null = null;

session.state.subscribe((state) => {
  const agentId = state.phase === 'signed_in' ? state.agent.id : null;
  if (opened && opened.agentId !== agentId) {
    opened.console.close();
    opened = null;
  }
  if (state.phase === 'starting') return render(<Starting unreachable={state.unreachable} />, root);
  if (state.phase === 'signed_out') return render(<SignIn session={session} />, root);
  if (opened) return;
  opened = { agentId: state.agent.id, console: openConsole(state.agent.id) };
  render(
    <ConsoleProvider value={opened.console.parts}>
      <Console />
    </ConsoleProvider>,
    root,
  );
});

session.start();
