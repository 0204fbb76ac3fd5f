import { MonitorUp, ScreenShare, ScreenShareOff } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { CobrowseState } from '../../shared/model/cobrowse.ts';
import { type Visitor, visitorName } from '../../shared/model/visitor.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversation-item.ts';
import { Icon } from '../ui/icon.tsx';
import { nowMs, useSeconds } from '../ui/now.ts';
import { remainingWords, spanWords } from '../ui/time-words.ts';
import './cobrowse-strip.css';

/** A declined or lapsed request is told this long; the timeline keeps it for good. */
const endToldMs = 60_000;

/** State of the conversation's co-browse session in words, while there is something to know. */
export function CobrowseStrip({ item, visitor }: { item: Conversation; visitor: Visitor }) {
  const { store } = useConsole();
  const session = item.cobrowse.value;
  const phase = session?.state.phase;
  useSeconds(phase === 'requested' || phase === 'offered' || phase === 'waiting');
  // Ticks with the shown time; the server's clock decides what remains.
  const serverNowMs = nowMs.value + (store.serverNowMs() - Date.now());
  const words = session ? stripWords(session.state, visitor, serverNowMs) : null;
  return (
    <div class="cobrowse-strip-place" role="status">
      {session && words ? (
        <div class={words.live ? 'cobrowse-strip cobrowse-strip-live' : 'cobrowse-strip'}>
          <Icon
            node={words.live ? ScreenShare : session.state.phase === 'ended' ? ScreenShareOff : MonitorUp}
          />
          <span class="cobrowse-strip-words">{words.text}</span>
          {words.live ? <a href={`/console/cobrowse/${session.id}`}>View page</a> : null}
        </div>
      ) : null}
    </div>
  );
}

function stripWords(
  state: CobrowseState,
  visitor: Visitor,
  atMs: number,
): { text: ComponentChildren; live: boolean } | null {
  const name = <bdi>{visitorName(visitor)}</bdi>;
  // Seconds that count down are for the eye; read aloud each second they would drown everything.
  const left = (untilMs: number) => <span aria-hidden="true"> {remainingWords(untilMs - atMs)} left.</span>;
  switch (state.phase) {
    case 'requested':
      return {
        live: false,
        text: (
          <>
            {visitor.online ? <>Waiting for {name} to answer.</> : <>{name} is not on the site now.</>}
            {left(state.expiresAtMs)}
          </>
        ),
      };
    case 'offered':
      return {
        live: true,
        text: (
          <>
            {name} offers to show the page.{left(state.expiresAtMs)}
          </>
        ),
      };
    case 'active':
      return {
        live: true,
        text: (
          <>
            {name} has shared the page for {spanWords(atMs - state.startedAtMs)}.
          </>
        ),
      };
    case 'waiting':
      return {
        live: true,
        text: (
          <>
            The line to {name} is lost. It can come back:{left(state.resumeUntilMs)}
          </>
        ),
      };
    case 'ended':
      if (atMs - state.endedAtMs > endToldMs) return null;
      if (state.reason === 'declined') return { live: false, text: <>{name} declined to share the page.</> };
      if (state.reason === 'request_expired')
        return { live: false, text: <>{name} did not answer in time.</> };
      return null;
  }
}
