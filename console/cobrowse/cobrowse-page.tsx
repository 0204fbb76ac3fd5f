import { useComputed } from '@preact/signals';
import {
  ArrowLeft,
  CircleOff,
  CircleStop,
  Clock,
  LogOut,
  MousePointer2,
  MousePointerClick,
  RefreshCw,
  TriangleAlert,
  UserPlus,
} from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Agent } from '../../shared/model/agent.ts';
import { visitorName } from '../../shared/model/visitor.ts';
import type { AgentConnection } from '../agent-connection.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice, Strip } from '../ui/notice.tsx';
import { nowMs, useSeconds } from '../ui/now.ts';
import { useCommands } from '../use-commands.ts';
import { type CobrowseView, createCobrowseView } from './cobrowse-view.ts';
import { useFullScreen } from './full-screen.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { RewindBar } from './rewind-bar.tsx';
import { shortAddress } from './short-address.ts';
import { lookingBack, type StateLine, stateLine } from './state-line.ts';
import { TabStrip } from './tab-strip.tsx';
import { AssistTools } from './tools/assist-tools.tsx';
import { ViewingTools } from './viewing-tools.tsx';
import './cobrowse-page.css';

export interface CobrowsePageProps {
  sessionId: string;
  connection: AgentConnection;
  agent: Agent;
  onClose: () => void;
}

const shownTheme = () => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

/** Watching a visitor's page, live. */
export function CobrowsePage({ sessionId, connection, agent, onClose }: CobrowsePageProps) {
  const view = useMemo(
    () => createCobrowseView({ sessionId, connection, agent, theme: shownTheme() }),
    [sessionId, connection, agent],
  );
  useEffect(() => () => view.close(), [view]);
  useThemeOf(view);
  useSeconds(true);
  const [isEnding, setEnding] = useState(false);
  const [isInviting, setInviting] = useState(false);

  const line = useComputed(() => {
    const { tabs, shown } = view.tabs.value ?? { tabs: [], shown: null };
    return stateLine({
      session: view.session.value?.state ?? null,
      refusal: view.refusal.value,
      viewer: view.viewer.value,
      viewerOrigin: view.viewerOrigin.value,
      relay: view.relay.value,
      visitorOnline: view.tabs.value?.online ?? null,
      tabHidden: tabs.find(({ tab }) => tab === shown)?.hidden ?? false,
      paused: tabs.find(({ tab }) => tab === shown)?.paused ?? null,
      picture: view.picture.value,
      hasGivenUp: view.hasGivenUp.value,
      delayMs: view.delayMs.value,
      visitorLineMs: view.tabs.value?.lineMs ?? null,
      bytesPerSecond: view.bytesPerSecond.value,
      fidelity: tabs.find(({ tab }) => tab === shown)?.fidelity ?? 'full',
      nowMs: nowMs.value,
    });
  }).value;

  const { tabs, shown } = view.tabs.value ?? { tabs: [], shown: null };
  const page = tabs.find(({ tab }) => tab === shown)?.page ?? null;
  const settings = view.settings.value;
  const isOver = view.session.value?.state.phase === 'ended';
  const hasPicture = view.picture.value.state === 'shown' || view.picture.value.state === 'failed';
  const name = view.visitor.value ? visitorName(view.visitor.value) : 'Visitor';

  const toggleLaser = () => view.change({ pointing: !settings.pointing, tool: 'look' });
  const fullScreen = useFullScreen();
  useCommands([
    {
      id: 'cobrowse.laser',
      label: settings.pointing ? 'Stop pointing' : 'Point at the page',
      group: 'Conversation',
      keys: ['l'],
      run: toggleLaser,
    },
  ]);

  return (
    <main
      class="cobrowse"
      aria-label={`Co-browsing with ${name}`}
      data-full-screen={fullScreen.isOn ? '' : undefined}
    >
      <header class="cobrowse-head">
        <Button look="quiet" icon={ArrowLeft} label="Back to the conversation" onClick={onClose} />
        <div class="cobrowse-who">
          <h1 class="ellipsis" dir="auto">
            {name}
          </h1>
          {page ? (
            <p class="cobrowse-address ellipsis muted" title={page.url}>
              <bdi>{page.title}</bdi>
              {page.title === '' ? '' : ' · '}
              <bdi>{shortAddress(page.url)}</bdi>
            </p>
          ) : null}
        </div>
        <Viewers view={view} ownId={agent.id} />
        <LiveState line={view.pastAtMs.value !== null && line.tone === 'live' ? lookingBack : line} />
      </header>
      {tabs.length > 1 && !isOver ? (
        <TabStrip
          tabs={tabs}
          shown={shown}
          chosen={view.chosenTab.value}
          onChoose={(tab) => view.chooseTab(tab)}
        />
      ) : null}
      {isOver ? null : <RewindBar view={view} />}
      <div class="cobrowse-stage" data-stale={line.isStale && hasPicture ? '' : undefined}>
        {view.viewerOrigin.value && !isOver ? (
          <ViewerFrame key={view.viewerTries.value} view={view} isEmpty={!hasPicture} />
        ) : null}
        {line.tone !== 'live' && (line.isStale || !hasPicture) ? (
          <div class={hasPicture && !isOver ? 'cobrowse-cover cobrowse-cover-over' : 'cobrowse-cover'}>
            <StateNotice line={line} onRetry={() => view.retry()} onLeave={onClose} />
          </div>
        ) : null}
      </div>
      {isOver ? null : (
        <div class="cobrowse-bar" role="toolbar" aria-label="Co-browsing">
          <Button
            look="quiet"
            icon={settings.pointing ? MousePointerClick : MousePointer2}
            pressed={settings.pointing}
            label={settings.pointing ? 'Laser pointer is on' : 'Laser pointer'}
            keys="l"
            onClick={toggleLaser}
          >
            Laser
          </Button>
          <AssistTools view={view} agentId={agent.id} visitor={name} />
          <ViewingTools view={view} browser={view.visitor.value?.browser ?? ''} fullScreen={fullScreen} />
          <Button
            look="quiet"
            icon={UserPlus}
            label="Bring in a colleague"
            onClick={() => setInviting(true)}
          />
          <span class="cobrowse-bar-gap" />
          <Button look="danger" icon={CircleStop} label="End the session" onClick={() => setEnding(true)}>
            End
          </Button>
          <Button look="quiet" icon={LogOut} label="Leave: stop watching" onClick={onClose}>
            Leave
          </Button>
        </div>
      )}
      {isInviting && !isOver ? (
        <InviteDialog
          view={view}
          connection={connection}
          ownId={agent.id}
          onClose={() => setInviting(false)}
          onHandedOver={onClose}
        />
      ) : null}
      {isEnding && !isOver ? <EndDialog view={view} name={name} onClose={() => setEnding(false)} /> : null}
    </main>
  );
}

function useThemeOf(view: CobrowseView) {
  useEffect(() => {
    const observer = new MutationObserver(() => view.change({ theme: shownTheme() }));
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, [view]);
}

/** Another origin and no rights but to run: it cannot open windows, navigate us, or send forms. */
function ViewerFrame({ view, isEmpty }: { view: CobrowseView; isEmpty: boolean }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => (frame.current ? view.attach(frame.current) : undefined), [view]);
  return (
    <iframe
      ref={frame}
      class="cobrowse-frame"
      title="The visitor’s page"
      tabIndex={-1}
      data-empty={isEmpty ? '' : undefined}
      sandbox="allow-scripts allow-same-origin"
      referrerPolicy="no-referrer"
    />
  );
}

/** Always there; read aloud when the words change, not with every new figure. */
function LiveState({ line }: { line: StateLine }) {
  const spoken = line.words.replace(/,? \d.*$/, '');
  const help =
    line.detail ??
    (line.tone === 'live'
      ? 'From the visitor’s browser to this screen: half of both round trips to the server and the time to draw. And what arrives here each second.'
      : undefined);
  return (
    <p class={`cobrowse-state cobrowse-state-${line.tone}`} title={help}>
      <span class="cobrowse-dot" />
      <span aria-hidden="true">{line.words}</span>
      <span class="unseen" role="status">
        {spoken}
      </span>
    </p>
  );
}

function StateNotice({
  line,
  onRetry,
  onLeave,
}: {
  line: StateLine;
  onRetry: () => void;
  onLeave: () => void;
}) {
  const action =
    line.remedy === 'retry' ? (
      <Button icon={RefreshCw} onClick={onRetry}>
        Try again
      </Button>
    ) : line.remedy === 'reload' ? (
      <Button icon={RefreshCw} onClick={() => location.reload()}>
        Reload
      </Button>
    ) : line.remedy === 'leave' ? (
      <Button look="primary" onClick={onLeave}>
        Back to the conversation
      </Button>
    ) : null;
  const icon =
    line.tone === 'problem'
      ? TriangleAlert
      : line.tone === 'over'
        ? CircleOff
        : line.tone === 'busy'
          ? RefreshCw
          : Clock;
  return (
    <Notice
      icon={icon}
      title={line.words}
      tone={line.tone === 'problem' && line.remedy !== null ? 'danger' : 'plain'}
      action={action}
    >
      {line.detail}
    </Notice>
  );
}

/** The other agents who watch. */
function Viewers({ view, ownId }: { view: CobrowseView; ownId: string }) {
  const others = view.viewers.value.filter(({ id }) => id !== ownId);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <div class="cobrowse-viewers" title={`Also watching: ${names}`}>
      <span class="unseen">Also watching: {names}</span>
      {others.slice(0, 3).map(({ id, name, color, avatar }) => (
        <Avatar key={id} name={name} color={color} avatar={avatar} />
      ))}
      {others.length > 3 ? <span class="muted">+{others.length - 3}</span> : null}
      <span class="cobrowse-viewer-name ellipsis" aria-hidden="true">
        {others.length === 1 ? `${names} is watching` : `${others.length} are watching`}
      </span>
    </div>
  );
}

function EndDialog({ view, name, onClose }: { view: CobrowseView; name: string; onClose: () => void }) {
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({
    busy: false,
    problem: null,
  });
  const end = async () => {
    setState({ busy: true, problem: null });
    const error = await view.stop();
    if (error) setState({ busy: false, problem: refusalWords({ error }) });
    else onClose();
  };
  return (
    <Dialog title="End co-browsing?" onClose={onClose}>
      <p>
        <bdi>{name}</bdi> stops sharing, and everybody who watches loses the page. To look again, you have to
        ask again. The conversation goes on.
      </p>
      {state.problem ? <Strip tone="danger">{state.problem}</Strip> : null}
      <div class="dialog-actions">
        <Button onClick={onClose}>Keep watching</Button>
        <Button look="danger" icon={CircleStop} busy={state.busy} onClick={() => void end()}>
          End session
        </Button>
      </div>
    </Dialog>
  );
}
