import { MonitorX } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from './console-context.ts';
import { usePageTitle } from './page-title.ts';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import './cobrowse-route.css';

type Page = typeof import('./cobrowse/cobrowse-page.tsx').CobrowsePage;
type Loading = { phase: 'loading' | 'failed' } | { phase: 'ready'; Page: Page };

/** The co-browse view is code of its own, fetched when the first one is opened. */
export function CobrowseRoute() {
  const { params } = useRoute();
  const { route } = useLocation();
  const { connection, store } = useConsole();
  const [page, setPage] = useState<Loading>({ phase: 'loading' });
  const [attempt, setAttempt] = useState(0);
  usePageTitle('Co-browsing');
  useEffect(() => {
    let wanted = true;
    import('./cobrowse/cobrowse-page.tsx').then(
      (module) => wanted && setPage({ phase: 'ready', Page: module.CobrowsePage }),
      () => wanted && setPage({ phase: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);

  const sessionId = params.sessionId;
  const agent = store.agent.value;
  if (sessionId === undefined || agent === null) return null;
  if (page.phase === 'ready') {
    return (
      <page.Page
        key={sessionId}
        sessionId={sessionId}
        connection={connection}
        agent={agent}
        onClose={() => (history.length > 1 ? history.back() : route('/console/inbox'))}
      />
    );
  }
  if (page.phase === 'failed') {
    return (
      <main class="console-stopped">
        <Notice
          page
          icon={MonitorX}
          tone="danger"
          title="The co-browse view did not load"
          action={
            <Button
              look="primary"
              onClick={() => {
                setPage({ phase: 'loading' });
                setAttempt(attempt + 1);
              }}
            >
              Try again
            </Button>
          }
        >
          The visitor's session goes on. Check your network, then try again.
        </Notice>
      </main>
    );
  }
  return (
    <main class="cobrowse-loading" aria-busy="true" aria-label="Loading the co-browse view">
      <Skeleton width="100%" height="100%" />
    </main>
  );
}
