import { CirclePlay, ScreenShare } from 'lucide';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { playTime } from '../ui/time-words.ts';
import { pageName } from './page-name.ts';
import type { CobrowseItem } from './timeline.ts';
import './cobrowse-card.css';

/** Pages and actions stand in the order in which they happened. */
interface Step {
  key: string;
  atMs: number;
  words: string;
  help: string;
  /** How long a page was on; null for an action. */
  stayMs: number | null;
}

/** What there is to remember of a co-browse session: how long, who watched, pages, what agents did. */
export function CobrowseCard({ item, visitorName }: { item: CobrowseItem; visitorName: string }) {
  const { summary, sessionId, hasRecording } = item;
  const recordingAt = (atMs: number) =>
    `/console/recordings/${sessionId}?at=${Math.max(0, Math.floor((atMs - summary.startedAtMs) / 1000))}`;
  const { startedAtMs, durationMs, pages, watchers, actions } = summary;
  const steps: Step[] = [
    ...pages.map((page) => ({
      key: `page ${page.atMs} ${page.url}`,
      atMs: page.atMs,
      words: pageName(page),
      help: page.url,
      stayMs: page.stayMs,
    })),
    ...actions.map((action, index) => ({
      key: `action ${index}`,
      atMs: action.atMs,
      words: `${action.agentName} ${action.words}`,
      help: '',
      stayMs: null,
    })),
  ].sort((one, other) => one.atMs - other.atMs);
  const more = summary.morePages + summary.moreActions;
  return (
    <section class="cobrowse-card" aria-label={`Co-browsing with ${visitorName}`}>
      <h3>
        <Icon node={ScreenShare} sizePx={14} />
        Co-browsing · <span class="cobrowse-card-time">{playTime(durationMs)}</span>
        {hasRecording ? (
          <a class="cobrowse-card-recording" href={recordingAt(startedAtMs)}>
            <Icon node={CirclePlay} sizePx={14} />
            Watch the recording
          </a>
        ) : null}
      </h3>
      {watchers.length > 0 ? (
        <ul class="cobrowse-card-watchers" aria-label="Who watched">
          {watchers.map(({ id, name, color, watchedMs }) => (
            <li key={id}>
              <Avatar name={name} color={color} sizePx={20} />
              <span dir="auto">{name}</span>
              <span class="cobrowse-card-time muted">{playTime(watchedMs)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">Nobody watched.</p>
      )}
      {steps.length > 0 ? (
        <ol class="cobrowse-card-steps" aria-label="Pages and actions">
          {steps.map((step) => (
            <li key={step.key} class={step.stayMs === null ? 'cobrowse-card-action' : undefined}>
              <span class="cobrowse-card-time muted">{playTime(step.atMs - startedAtMs)}</span>
              {hasRecording ? (
                <a class="ellipsis" dir="auto" title={step.help || undefined} href={recordingAt(step.atMs)}>
                  {step.words}
                </a>
              ) : (
                <span class="ellipsis" dir="auto" title={step.help || undefined}>
                  {step.words}
                </span>
              )}
              {step.stayMs === null ? null : (
                <span class="cobrowse-card-time muted">
                  <span class="unseen">stayed </span>
                  {playTime(step.stayMs)}
                </span>
              )}
            </li>
          ))}
        </ol>
      ) : null}
      {more > 0 ? <p class="muted">and {more} more</p> : null}
    </section>
  );
}
