import { MonitorX } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useConsole } from './console-context.ts';
import { usePageTitle } from './page-title.ts';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import './cobrowse-route.css';

type Page = typeof import('./cobrowse/recording/recording-page.tsx').RecordingPage;
type Loading = { phase: 'loading' | 'failed' } | { phase: 'ready'; Page: Page };

/** The player is code of its own, fetched when the first recording is opened. `?at=90` begins after 90 seconds. */
export function RecordingRoute() {
  const { params, query } = useRoute();
  const { route } = useLocation();
  const { connection, store } = useConsole();
  const [page, setPage] = useState<Loading>({ phase: 'loading' });
  const [attempt, setAttempt] = useState(0);
  usePageTitle('Recording');
  useEffect(() => {
    let wanted = true;
    import('./cobrowse/recording/recording-page.tsx').then(
      (module) => wanted && setPage({ phase: 'ready', Page: module.RecordingPage }),
      () => wanted && setPage({ phase: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);

  const sessionId = params.sessionId;
  if (sessionId === undefined) return null;
  if (page.phase === 'ready') {
    const seconds = Number(query.at ?? 0);
    return (
      <page.Page
        key={sessionId}
        sessionId={sessionId}
        connection={connection}
        atMs={Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0}
        isOwner={(siteId) =>
          store.sites.value.some(({ site, role }) => site.id === siteId && role === 'owner')
        }
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
          title="The player did not load"
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
          The recording is safe. Check your network, then try again.
        </Notice>
      </main>
    );
  }
  return (
    <main class="cobrowse-loading" aria-busy="true" aria-label="Loading the player">
      <Skeleton width="100%" height="100%" />
    </main>
  );
}
