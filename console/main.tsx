import { render } from 'preact';
import { createConnection } from './connection.ts';
import { Console } from './console.tsx';
import { ConsoleProvider } from './console-context.ts';
import { keptText } from './kept-text.ts';
import { createPreferences } from './preferences.ts';
import { refusalWords } from './refusal-words.ts';
import { createSession } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { Starting } from './starting.tsx';
import { createStore } from './store.ts';
import { startNow } from './ui/now.ts';
import { createToasts } from './ui/toasts.ts';
import './ui/base.css';

const root = document.getElementById('console');
if (!root) throw new Error('the page has no #console');

const preferences = createPreferences(keptText(() => localStorage, 'rapport:'));
const session = createSession({ fetch: (path, init) => fetch(path, init) });
startNow();

/** Line, store and pages of one signed-in agent; gone when the agent signs out. */
function openConsole(agentId: string) {
  // Bound to the agent: a colleague who signs in in this tab must not send these texts.
  const kept = keptText(() => sessionStorage, `rapport:${agentId}:`);
  const connection = createConnection({ session, network: window });
  const store = createStore({
    connection,
    kept,
    preferredSiteId: preferences.siteId.value,
    onSite: preferences.setSiteId,
  });
  const toasts = createToasts();
  async function signOut() {
    const refusal = await session.signOut();
    if (refusal) toasts.tell(`You are still signed in. ${refusalWords(refusal)}`, { tone: 'danger' });
    // Messages that are not sent yet wait for their writer; drafts do not outlive a sign-out.
    else if (store.outbox.pending.value.length === 0) kept.clear();
  }
  return {
    parts: { signOut: () => void signOut(), connection, store, preferences, toasts },
    close() {
      toasts.close();
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
