import { CloudOff, EyeOff, Radio, Users } from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type LiveVisitor, liveVisitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import { usePageTitle } from '../page-title.ts';
import { refusalWords } from '../refusal-words.ts';
import type { SiteAccess } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { locale } from '../ui/now.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { matchesSearch, nextShown, type ShownList } from './live-list.ts';
import { createLiveVisitors } from './live-visitors.ts';
import { StartDialog } from './start-dialog.tsx';
import { countWords } from './visit-words.ts';
import { VisitorRow } from './visitor-row.tsx';
import './visitors-page.css';

export function VisitorsPage() {
  const { store } = useConsole();
  const access = store.current.value;
  usePageTitle('Visitors');
  if (!access) return null;
  return (
    <main class="visitors">
      {access.site.settings.liveVisitors ? (
        <LivePage key={access.site.id} siteId={access.site.id} />
      ) : (
        <Off access={access} />
      )}
    </main>
  );
}

/** The site has not opted in: what it would show, and what it means. */
function Off({ access }: { access: SiteAccess }) {
  const { connection, store, toasts } = useConsole();
  const [busy, setBusy] = useState(false);
  const { site, role } = access;
  async function turn(liveVisitors: boolean) {
    setBusy(true);
    const latest = store.current.value?.site.settings ?? site.settings;
    const settings = { ...latest, liveVisitors };
    const reply = await connection.request('site:update', { siteId: site.id, settings });
    setBusy(false);
    if (!reply.ok) return toasts.tell(`Not switched on. ${refusalWords(reply)}`, { tone: 'danger' });
    store.takeSite(reply.site);
    if (liveVisitors)
      toasts.tell('Live visitors are on. Pages take it over when they load next.', {
        undo: () => void turn(false),
      });
  }
  return (
    <>
      <header class="page-bar">
        <h1>Visitors</h1>
      </header>
      <Notice
        icon={EyeOff}
        title="Live visitors are off for this site"
        action={
          role === 'owner' ? (
            <>
              <Button look="primary" busy={busy} onClick={() => void turn(true)}>
                Switch on
              </Button>
              <a class="button button-plain" href="/console/settings/visitors">
                What it means
              </a>
            </>
          ) : undefined
        }
      >
        On, you see who is on the site and on which page, and can write first. Every page then keeps a
        connection, and shows you people who never wrote: tell them so in your privacy notice.
        {role === 'owner' ? null : ' Only an owner of the site can switch it on.'}
      </Notice>
    </>
  );
}

/** Visitors beyond the ones told one by one are counted again this often. */
const countEveryMs = 30_000;
const none: ShownList = { ids: [], gone: new Set(), waiting: 0 };

function LivePage({ siteId }: { siteId: string }) {
  const { connection } = useConsole();
  const live = useMemo(() => createLiveVisitors({ connection, siteId }), [connection, siteId]);
  useEffect(() => () => live.close(), [live]);
  const { visitors, total } = live.list.value;
  const phase = live.phase.value;
  const [search, setSearch] = useState('');
  const [to, setTo] = useState<LiveVisitor | null>(null);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const shown = useRef(none);
  const searchedFor = useRef('');
  /** What was last known of whoever has left and still stands in the list. */
  const lastKnown = useRef(new Map<string, LiveVisitor>());
  const isBeyond = total > visitors.size;
  useEffect(() => {
    if (!isBeyond) return;
    const timer = setInterval(() => void live.load(), countEveryMs);
    return () => clearInterval(timer);
  }, [isBeyond, live]);

  const matching = [...visitors.values()].filter((visitor) => matchesSearch(visitor, search, locale));
  const held = (pointed || focused || to !== null) && searchedFor.current === search && phase === 'ready';
  shown.current = nextShown(shown.current, matching, held && shown.current.ids.length > 0);
  searchedFor.current = search;
  const known = new Map(
    shown.current.ids.flatMap((id) => {
      const visitor = visitors.get(id) ?? lastKnown.current.get(id);
      return visitor ? [[id, visitor] as const] : [];
    }),
  );
  lastKnown.current = known;
  const { waiting, gone } = shown.current;
  const [, redraw] = useState(0);
  const letIn = () => {
    shown.current = nextShown(shown.current, matching, false);
    redraw((count) => count + 1);
  };

  return (
    <>
      <header class="page-bar visitors-bar">
        <h1>Visitors</h1>
        <p class="visitors-count" role="status">
          {phase === 'ready' ? (
            <>
              <span class="visitors-dot" aria-hidden="true" />
              <span>
                {countWords(total)} <span class="visitors-here">on the site now</span>
              </span>
            </>
          ) : null}
        </p>
        {waiting > 0 ? <Button onClick={letIn}>{`Show ${waiting} new`}</Button> : null}
        <input
          class="input visitors-search"
          type="search"
          placeholder="Filter by name, page, source…"
          aria-label="Filter visitors"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </header>
      <div class="visitors-body scrolls">
        {phase === 'loading' ? (
          <div class="visitors-list" role="status" aria-busy="true" aria-label="Loading visitors">
            {['34%', '48%', '40%'].map((width) => (
              <div key={width} class="visitor-row">
                <Skeleton width="32px" height="32px" round />
                <Skeleton width={width} />
              </div>
            ))}
          </div>
        ) : phase !== 'ready' ? (
          <Notice
            icon={CloudOff}
            tone="danger"
            title="The visitors did not load"
            action={<Button onClick={() => void live.load()}>Try again</Button>}
          >
            {refusalWords(phase)}
          </Notice>
        ) : known.size === 0 && search.trim() !== '' ? (
          <Notice
            icon={Users}
            title="Nobody on the site matches"
            action={<Button onClick={() => setSearch('')}>Show everybody</Button>}
          >
            Names, pages, sources, browsers and languages are searched.
          </Notice>
        ) : known.size === 0 ? (
          <Notice icon={Radio} title="Nobody is on the site right now">
            Whoever comes is shown here at once. Pages that were open before the switch follow when they load
            next.
          </Notice>
        ) : (
          <>
            <ul
              class="visitors-list"
              aria-label="Visitors on the site"
              onPointerEnter={() => setPointed(true)}
              onPointerLeave={() => setPointed(false)}
              onFocusIn={() => setFocused(true)}
              onFocusOut={(event) => {
                const next = event.relatedTarget;
                setFocused(next instanceof Node && event.currentTarget.contains(next));
              }}
            >
              {[...known.values()].map((visitor) => (
                <VisitorRow
                  key={visitor.id}
                  visitor={visitor}
                  isGone={gone.has(visitor.id)}
                  onStart={() => setTo(visitor)}
                />
              ))}
            </ul>
            {isBeyond && search.trim() === '' ? (
              <p class="visitors-beyond muted">
                The newest {visitors.size} are listed; the others are counted.
              </p>
            ) : null}
          </>
        )}
      </div>
      {to ? (
        <StartDialog
          siteId={siteId}
          to={to.visitorId === null ? { liveId: to.id } : { visitorId: to.visitorId }}
          shownName={liveVisitorName(to)}
          name={to.name}
          onClose={() => setTo(null)}
        />
      ) : null}
    </>
  );
}
