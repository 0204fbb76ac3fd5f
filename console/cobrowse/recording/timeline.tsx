import { useComputed } from '@preact/signals';
import { playTime } from '../../ui/time-words.ts';
import type { RecordingView } from './recording-view.ts';

/** Arrow keys on the slider move by this. */
const stepMs = 1_000;

/** Where the player is, with what happened when; a native slider over the marks, so keys and screen readers just work. */
export function Timeline({ view }: { view: RecordingView }) {
  const durationMs = Math.max(1, view.durationMs.value);
  const atMs = useComputed(() => Math.round(view.playback.atMs.value / 100) * 100).value;
  const { marks, gaps } = view.outline.value;
  const share = (ms: number) => `${(Math.min(ms, durationMs) / durationMs) * 100}%`;
  return (
    <div class="recording-timeline">
      <div class="recording-track" aria-hidden="true">
        <span class="recording-loaded" style={{ inlineSize: `${view.loaded.value * 100}%` }} />
        {gaps.map(({ kind, fromMs, toMs }) => (
          <span
            key={`${kind} ${fromMs}`}
            class={`recording-gap recording-gap-${kind}`}
            style={{ insetInlineStart: share(fromMs), inlineSize: share(toMs - fromMs) }}
          />
        ))}
        <span class="recording-played" style={{ inlineSize: share(atMs) }} />
        {marks.map(({ kind, atMs: markMs }) => (
          <span
            key={`${kind} ${markMs}`}
            class={`recording-mark recording-mark-${kind}`}
            style={{ insetInlineStart: share(markMs) }}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={durationMs}
        step={stepMs}
        value={atMs}
        aria-label="Place in the recording"
        aria-valuetext={`${playTime(atMs)} of ${playTime(durationMs)}`}
        onInput={(event) => view.playback.seek(Number(event.currentTarget.value))}
      />
    </div>
  );
}
