import { CloudOff, Compass, Keyboard, PhoneCall, Undo2 } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { CobrowseRoute } from './cobrowse-route.tsx';
import { CodeDialog } from './codes/code-dialog.tsx';
import { createCommandRegistry } from './command-registry.ts';
import { CommandMenu } from './commands/command-menu.tsx';
import { ShortcutSheet } from './commands/shortcut-sheet.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { useConsole } from './console-context.ts';
import { Corner } from './corner.tsx';
import { FeedbackPage } from './feedback/feedback-page.tsx';
import { InboxPage } from './inbox/inbox-page.tsx';
import { createKeyCommands } from './key-commands.ts';
import { usePageTitle } from './page-title.ts';
import { NotificationOffer } from './presence/notification-offer.tsx';
import { Rail } from './rail.tsx';
import { RecordingRoute } from './recording-route.tsx';
import { refusalWords } from './refusal-words.ts';
import { SearchPage } from './search/search-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { Starting } from './starting.tsx';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { ToastRegion } from './ui/toast-region.tsx';
import { CommandsProvider, useCommands } from './use-commands.ts';
import { CustomerPage } from './visitors/customer-page.tsx';
import { VisitorsPage } from './visitors/visitors-page.tsx';
import './console.css';

/** The signed-in console: rail, pages, connection line, toasts, keys. */
export function Console() {
  const { preferences, store, connection, signOut, toasts } = useConsole();
  const commands = useMemo(createCommandRegistry, []);
  useLayoutEffect(() => {
    const { onKeyDown } = createKeyCommands({
      commands: () => commands.all.value,
      letters: () => preferences.letterKeys.value,
    });
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [commands, preferences]);

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
    <CommandsProvider value={commands}>
      <LocationProvider scope="/console">
        <Frame />
      </LocationProvider>
      <Corner>
        <ConnectionLine />
        <NotificationOffer />
        <ToastRegion toasts={toasts} />
      </Corner>
      <UndoKey />
    </CommandsProvider>
  );
}

/** Apart from the frame, which would be drawn again with every toast. */
function UndoKey() {
  const { toasts } = useConsole();
  useCommands([
    {
      id: 'console.undo',
      label: 'Undo what was done last',
      group: 'Console',
      icon: Undo2,
      keys: ['u'],
      enabled: toasts.shown.value.some(({ undo }) => undo !== null),
      run: () => toasts.undoNewest(),
    },
  ]);
  return null;
}

function Frame() {
  const { path, route } = useLocation();
  const { store, notifications } = useConsole();
  const [over, setOver] = useState<'menu' | 'sheet' | 'code' | null>(null);
  useCommands([
    {
      id: 'console.menu',
      label: 'Find a command, a conversation or a customer',
      group: 'Console',
      keys: ['mod+k'],
      keysOnly: true,
      run: () => setOver('menu'),
    },
    {
      id: 'cobrowse.code',
      label: 'Look at a caller’s page, by code',
      group: 'Go to',
      icon: PhoneCall,
      keys: ['g p'],
      words: 'phone telephone co-browse six digits',
      run: () => setOver('code'),
    },
    {
      id: 'console.keys',
      label: 'Show all keys',
      group: 'Console',
      icon: Keyboard,
      keys: ['?'],
      run: () => setOver('sheet'),
    },
  ]);
  const opened = notifications.opened.value;
  useEffect(() => {
    if (opened === null) return;
    notifications.takeOpened();
    route(`/console/inbox/${opened}`);
  }, [notifications, opened, route]);
  useEffect(() => {
    if (path === '/console') route('/console/inbox', true);
  }, [path, route]);
  if (path === '/console') return <Starting unreachable={false} />;

  return (
    <div class="console">
      <a class="skip-link" href="#work">
        Skip to content
      </a>
      <Rail onKeys={() => setOver('sheet')} />
      <div class="console-main" id="work" tabIndex={-1}>
        {store.current.value ? (
          <Router>
            <Route path="/console/inbox/:conversationId?" component={InboxPage} />
            <Route path="/console/search" component={SearchPage} />
            <Route path="/console/visitors" component={VisitorsPage} />
            <Route path="/console/visitors/:visitorId" component={CustomerPage} />
            <Route path="/console/feedback" component={FeedbackPage} />
            <Route path="/console/settings/:section?" component={SettingsPage} />
            <Route path="/console/cobrowse/:sessionId" component={CobrowseRoute} />
            <Route path="/console/recordings/:sessionId" component={RecordingRoute} />
            <Route default component={NotFound} />
          </Router>
        ) : (
          <Notice page icon={Compass} title="You have no site yet">
            An owner can add you to a site under Settings, Team. This page follows by itself after a reload.
          </Notice>
        )}
      </div>
      {over === 'sheet' ? <ShortcutSheet onClose={() => setOver(null)} /> : null}
      {over === 'code' ? <CodeDialog onClose={() => setOver(null)} /> : null}
      {over === 'menu' ? <CommandMenu onClose={() => setOver(null)} /> : null}
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
