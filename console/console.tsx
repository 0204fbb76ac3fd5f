import { CloudOff, Compass } from 'lucide';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { CobrowseRoute } from './cobrowse-route.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { useConsole } from './console-context.ts';
import { FeedbackPage } from './feedback/feedback-page.tsx';
import { InboxPage } from './inbox/inbox-page.tsx';
import { createLetterKeys } from './letter-keys.ts';
import { usePageTitle } from './page-title.ts';
import { Rail } from './rail.tsx';
import { refusalWords } from './refusal-words.ts';
import { SettingsPage } from './settings/settings-page.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Starting } from './starting.tsx';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { ToastRegion } from './ui/toast-region.tsx';
import { LetterKeysProvider, useLetterKeys } from './use-letter-keys.ts';
import './console.css';

/** The signed-in console: rail, pages, connection line, toasts, keys. */
export function Console() {
  const { preferences, store, connection, signOut, toasts } = useConsole();
  const keys = useMemo(() => createLetterKeys(() => preferences.letterKeys.value), [preferences]);
  useEffect(() => {
    addEventListener('keydown', keys.onKeyDown);
    return () => removeEventListener('keydown', keys.onKeyDown);
  }, [keys]);

  const phase = store.phase.value;
  if (phase === 'loading') return <Starting unreachable={connection.link.value === 'offline'} />;
  if (phase !== 'ready') {
    return (
      <main class="console-stopped">
        <Notice
          page
          icon={CloudOff}
          tone="danger"
          title="The console could not be opened"
          action={
            <>
              <Button look="primary" onClick={() => location.reload()}>
                Reload
              </Button>
              <Button onClick={signOut}>Sign out</Button>
            </>
          }
        >
          {refusalWords(phase)}
        </Notice>
      </main>
    );
  }
  return (
    <LetterKeysProvider value={keys}>
      <LocationProvider scope="/console">
        <Frame />
      </LocationProvider>
      <div class="console-corner">
        <ConnectionLine />
        <ToastRegion toasts={toasts} />
      </div>
    </LetterKeysProvider>
  );
}

function Frame() {
  const { path, route } = useLocation();
  const { store } = useConsole();
  const [sheet, setSheet] = useState(false);
  useLetterKeys({
    'g i': () => route('/console/inbox'),
    'g f': () => route('/console/feedback'),
    'g s': () => route('/console/settings'),
    '?': () => setSheet(true),
  });
  useEffect(() => {
    if (path === '/console') route('/console/inbox', true);
  }, [path, route]);
  if (path === '/console') return <Starting unreachable={false} />;

  return (
    <div class="console">
      <a class="skip-link" href="#work">
        Skip to content
      </a>
      <Rail onKeys={() => setSheet(true)} />
      <div class="console-main" id="work" tabIndex={-1}>
        {store.current.value ? (
          <Router>
            <Route path="/console/inbox/:conversationId?" component={InboxPage} />
            <Route path="/console/feedback" component={FeedbackPage} />
            <Route path="/console/settings/:section?" component={SettingsPage} />
            <Route path="/console/cobrowse/:sessionId" component={CobrowseRoute} />
            <Route default component={NotFound} />
          </Router>
        ) : (
          <Notice page icon={Compass} title="You have no site yet">
            An owner can add you to a site under Settings, Team. This page follows by itself after a reload.
          </Notice>
        )}
      </div>
      {sheet ? <ShortcutSheet onClose={() => setSheet(false)} /> : null}
    </div>
  );
}

function NotFound() {
  usePageTitle('Not found');
  return (
    <main class="console-stopped">
      <Notice
        page
        icon={Compass}
        title="There is no such page"
        action={
          <a class="button button-primary" href="/console/inbox">
            Go to the inbox
          </a>
        }
      >
        The address may be mistyped, or what it named is gone.
      </Notice>
    </main>
  );
}
