import { useComputed } from '@preact/signals';
import { ArrowLeft, Pause, Play, SkipForward, Trash2, TriangleAlert } from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { visitorName } from '../../../shared/model/visitor.ts';
import type { AgentConnection } from '../../agent-connection.ts';
import { refusalWords } from '../../refusal-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice, Strip } from '../../ui/notice.tsx';
import { locale } from '../../ui/now.ts';
import { fullTime, playTime } from '../../ui/time-words.ts';
import { useFullScreen } from '../full-screen.ts';
import { shortAddress } from '../short-address.ts';
import { ViewingTools } from '../viewing-tools.tsx';
import { speeds } from './playback.ts';
import type { Mark } from './recorded-frames.ts';
import { createRecordingView, type RecordingView } from './recording-view.ts';
import { Timeline } from './timeline.tsx';
import '../cobrowse-page.css';
import './recording-page.css';

export interface RecordingPageProps {
  sessionId: string;
  connection: AgentConnection;
  /** Where to begin. */
  atMs: number;
  /** May delete it. */
  isOwner(siteId: string): boolean;
  onClose: () => void;
}

const stepMs = 5_000;

/** A recorded co-browse session, played in the isolated viewer. */
export function RecordingPage({ sessionId, connection, atMs, isOwner, onClose }: RecordingPageProps) {
  const view = useMemo(
    () =>
      createRecordingView({
        sessionId,
        connection,
        atMs,
        theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
      }),
    // Where it begins counts once: moving on in it is no new view.
    [sessionId, connection],
  );
  useEffect(() => () => view.close(), [view]);
  const fullScreen = useFullScreen();
  const [isDeleting, setDeleting] = useState(false);
  usePlayerKeys(view);

  const visitor = view.visitor.value;
  const recording = view.recording.value;
  const refusal = view.refusal.value;
  const { playback } = view;
  const isPlaying = playback.isPlaying.value;
  const name = visitor ? visitorName(visitor) : 'Visitor';
  return (
    <main
      class="cobrowse recording"
      aria-label={`Recording of ${name}`}
      data-full-screen={fullScreen.isOn ? '' : undefined}
    >
      <header class="cobrowse-head">
        <Button look="quiet" icon={ArrowLeft} label="Back to the conversation" onClick={onClose} />
        <div class="cobrowse-who">
          <h1 class="ellipsis" dir="auto">
            {name}
          </h1>
          {recording ? (
            <p class="cobrowse-address ellipsis muted">
              Recorded {fullTime(recording.startedAtMs, locale)}, kept until{' '}
              {fullTime(recording.deleteAtMs, locale)}
            </p>
          ) : null}
        </div>
        {recording && visitor && isOwner(visitor.siteId) ? (
          <Button look="danger" icon={Trash2} label="Delete the recording" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        ) : null}
      </header>
      {recording && !recording.isWhole && recording.endedAtMs !== null ? (
        <Strip tone="warning">The server stopped while this was recorded: the end is missing.</Strip>
      ) : null}
      {recording && recording.endedAtMs === null ? (
        <Strip tone="positive">
          This session is still being recorded. You see what there was when you opened it.
        </Strip>
      ) : null}
      <div class="recording-body">
        <div class="cobrowse-stage recording-stage">
          {view.viewerOrigin.value ? <ViewerFrame view={view} /> : null}
          <StageNotice view={view} refusal={refusal} onClose={onClose} />
        </div>
        <Steps view={view} />
      </div>
      {recording ? (
        <footer class="recording-controls">
          <Timeline view={view} />
          <div class="recording-buttons" role="toolbar" aria-label="Player">
            <Button
              look="quiet"
              icon={isPlaying ? Pause : Play}
              label={isPlaying ? 'Pause' : 'Play'}
              keys="space"
              onClick={() => (isPlaying ? playback.pause() : playback.play())}
            />
            <PlayTime view={view} />
            <label class="recording-speed">
              <span class="unseen">Speed</span>
              <select
                value={String(playback.speed.value)}
                onChange={(event) => {
                  const speed = speeds.find((one) => String(one) === event.currentTarget.value);
                  if (speed) playback.setSpeed(speed);
                }}
              >
                {speeds.map((speed) => (
                  <option key={speed} value={String(speed)}>
                    {speed}×
                  </option>
                ))}
              </select>
            </label>
            <Button
              look="quiet"
              icon={SkipForward}
              label="Skip idle time"
              pressed={playback.skipsIdle.value}
              onClick={() => playback.setSkipsIdle(!playback.skipsIdle.value)}
            >
              Skip idle
            </Button>
            <span class="cobrowse-bar-gap" />
            <ViewingTools view={view} browser={visitor?.browser ?? ''} fullScreen={fullScreen} />
          </div>
        </footer>
      ) : null}
      {isDeleting ? (
        <DeleteDialog view={view} onClose={() => setDeleting(false)} onDeleted={onClose} />
      ) : null}
    </main>
  );
}

/** Of its own, so that the page is not drawn anew at each tick. */
function PlayTime({ view }: { view: RecordingView }) {
  const seconds = useComputed(() => Math.floor(view.playback.atMs.value / 1000)).value;
  return (
    <span class="recording-time">
      {playTime(seconds * 1000)} / {playTime(view.durationMs.value)}
    </span>
  );
}

function ViewerFrame({ view }: { view: RecordingView }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => (frame.current ? view.attach(frame.current) : undefined), [view]);
  // A click beside the page must not take the keys away from the player.
  useEffect(() => {
    const keepKeys = () => {
      // The window hears of it before the document does.
      setTimeout(() => {
        if (document.activeElement !== frame.current) return;
        frame.current?.blur();
        focus();
      });
    };
    addEventListener('blur', keepKeys);
    return () => removeEventListener('blur', keepKeys);
  }, []);
  return (
    <iframe
      ref={frame}
      class="cobrowse-frame"
      title="The recorded page"
      tabIndex={-1}
      data-empty={view.isShown.value ? undefined : ''}
      sandbox="allow-scripts allow-same-origin"
      referrerPolicy="no-referrer"
    />
  );
}

function StageNotice({
  view,
  refusal,
  onClose,
}: {
  view: RecordingView;
  refusal: RecordingView['refusal']['value'];
  onClose: () => void;
}) {
  const recording = view.recording.value;
  const failure =
    refusal === 'not_found'
      ? 'There is no such recording, or it was deleted.'
      : refusal
        ? refusalWords({ error: refusal })
        : view.viewer.value === 'unreachable'
          ? 'The viewer cannot be reached at its address (VIEWER_ORIGIN).'
          : view.hasFailed.value
            ? 'This part of the recording cannot be shown.'
            : recording?.chunks === 0
              ? 'Nothing was recorded.'
              : null;
  if (failure === null) return null;
  return (
    <div class="cobrowse-cover">
      <Notice
        icon={TriangleAlert}
        title="The recording cannot be played"
        tone="danger"
        action={
          <Button look="primary" onClick={onClose}>
            Back to the conversation
          </Button>
        }
      >
        {failure}
      </Notice>
    </div>
  );
}

/** Pages and actions in their order; each leads to its place. */
function Steps({ view }: { view: RecordingView }) {
  const { marks } = view.outline.value;
  const current = useComputed(() => {
    const { marks: all } = view.outline.value;
    return all.filter(({ atMs }) => atMs <= view.playback.atMs.value).length - 1;
  }).value;
  if (marks.length === 0) return null;
  return (
    <nav class="recording-steps" aria-label="Pages and actions">
      <ol>
        {marks.map((mark, index) => (
          <li key={`${mark.kind} ${mark.atMs}`}>
            <button
              type="button"
              class={`recording-step recording-step-${mark.kind}`}
              aria-current={index === current ? 'step' : undefined}
              title={mark.url}
              onClick={() => view.playback.seek(mark.atMs)}
            >
              <span class="recording-time muted">{playTime(mark.atMs)}</span>
              <span class="ellipsis" dir="auto">
                {markWords(mark)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const markWords = (mark: Mark) => mark.words || shortAddress(mark.url);

/** Space plays, arrows move, `<` and `>` change the speed; not while something else has the keyboard. */
function usePlayerKeys(view: RecordingView) {
  useEffect(() => {
    const { playback } = view;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest('dialog, [role="menu"], select, input:not([type="range"])')) return;
      const isSlider = at?.matches('input[type="range"]') === true;
      const speedAt = speeds.indexOf(playback.speed.value);
      switch (event.key) {
        case ' ':
          // A button is pressed by it.
          if (at?.closest('button, a')) return;
          if (playback.isPlaying.value) playback.pause();
          else playback.play();
          break;
        case 'ArrowLeft':
        case 'ArrowRight':
          if (isSlider) return;
          playback.seek(playback.atMs.value + (event.key === 'ArrowLeft' ? -stepMs : stepMs));
          break;
        case '<':
          playback.setSpeed(speeds[Math.max(0, speedAt - 1)] ?? 1);
          break;
        case '>':
          playback.setSpeed(speeds[Math.min(speeds.length - 1, speedAt + 1)] ?? 1);
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [view]);
}

function DeleteDialog({
  view,
  onClose,
  onDeleted,
}: {
  view: RecordingView;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({
    busy: false,
    problem: null,
  });
  const remove = async () => {
    setState({ busy: true, problem: null });
    const error = await view.remove();
    if (error) setState({ busy: false, problem: refusalWords({ error }) });
    else onDeleted();
  };
  return (
    <Dialog title="Delete this recording?" onClose={onClose}>
      <p>
        It is gone for everybody, at once, and cannot be brought back. The card in the conversation stays.
      </p>
      {state.problem ? <Strip tone="danger">{state.problem}</Strip> : null}
      <div class="dialog-actions">
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" icon={Trash2} busy={state.busy} onClick={() => void remove()}>
          Delete recording
        </Button>
      </div>
    </Dialog>
  );
}
