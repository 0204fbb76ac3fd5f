import { ChevronsUpDown, Pause, Play } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { PauseReason } from '../../shared/model/cobrowse-rules.ts';
import { Icon } from '../ui/icon.tsx';
import * as texts from './texts.ts';

export { bannerStyles } from './banner-styles.ts';

/** What the banner says; null: there is none. */
export type BannerState =
  | { kind: 'offered' }
  /** `line`: how long the line is and what it carries; shown, and not read aloud. */
  | {
      kind: 'sharing';
      viewers: readonly AgentCard[];
      isConnected: boolean;
      paused: PauseReason | null;
      line?: string;
    }
  | { kind: 'note'; note: keyof typeof notes };

export interface BannerProps {
  state: BannerState;
  isAtBottom: boolean;
  onMove(): void;
  /** Stands beside the words. */
  aside?: ComponentChildren;
  /** These two for the visitor's own clicks and keys only. */
  onPause(): void;
  onStop(): void;
}

const { stopped, ended, pausedByPage } = texts;
const notes = { stopped, ended, pausedByPage };

/** The words of the banner: a part in bold, and the rest. */
export function bannerWords(state: BannerState): [strong: string, rest: string] {
  switch (state.kind) {
    case 'offered':
      return [texts.waiting, ''];
    case 'note':
      return [notes[state.note], ''];
    case 'sharing':
      if (state.paused && state.paused !== 'blocked')
        return [texts.isPaused, state.paused === 'page' ? texts.pausedByPage : texts.pausedByYou];
      if (!state.isConnected || state.paused) return [texts.shownTo, `· ${texts.paused}`];
      if (state.viewers.length === 0) return [texts.shownTo, `· ${texts.nobody}`];
      return [texts.watching(state.viewers.map((viewer) => viewer.name)), ''];
  }
}

export function Banner({ state, isAtBottom, onMove, aside, onPause, onStop }: BannerProps) {
  const [strong, rest] = bannerWords(state);
  const spoken = `${strong} ${rest}`.trim();
  // A live region speaks what changes in it: empty at first, so that the first words are spoken, too.
  const [announced, setAnnounced] = useState('');
  useEffect(() => setAnnounced(spoken), [spoken]);

  const own = (run: () => void) => (event: Event) => {
    if (event.isTrusted) run();
  };
  const isNote = state.kind === 'note';
  const isSharing = state.kind === 'sharing';
  const hold = isSharing && state.paused === 'visitor' ? texts.goOn : texts.pause;
  const move = isAtBottom ? texts.toTop : texts.toBottom;

  return (
    <section
      class={`cb-banner ${isAtBottom ? 'cb-bottom' : ''} ${isSharing ? '' : 'cb-quiet'}`}
      aria-label={texts.banner}
    >
      <span class="unseen" role="status">
        {announced}
      </span>
      {!isNote && (
        <span class={isSharing && state.isConnected && !state.paused ? 'cb-live cb-on' : 'cb-live'} />
      )}
      <span class="cb-words" dir="auto">
        <b>{strong}</b> {rest}
      </span>
      {isSharing && state.isConnected && state.line ? (
        <small class="cb-line" aria-hidden>
          {state.line}
        </small>
      ) : null}
      {!isNote && (
        <>
          {aside}
          {isSharing && state.paused !== 'page' && (
            <button type="button" class="cb-move" aria-label={hold} onClick={own(onPause)}>
              <Icon of={state.paused === 'visitor' ? Play : Pause} />
            </button>
          )}
          <button type="button" class="cb-move" aria-label={move} title={move} onClick={own(onMove)}>
            <Icon of={ChevronsUpDown} />
          </button>
          <button type="button" onClick={own(onStop)}>
            {isSharing ? (
              <span>
                {texts.stop}
                <span class="cb-long"> {texts.stopWhat}</span>
              </span>
            ) : (
              texts.withdraw
            )}
          </button>
        </>
      )}
    </section>
  );
}
