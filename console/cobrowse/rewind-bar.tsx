import { Radio } from 'lucide';
import { useId } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { nowMs } from '../ui/now.ts';
import type { CobrowseView } from './cobrowse-view.ts';
import { countdown } from './state-line.ts';
import './rewind-bar.css';

const stepMs = 1_000;
const secondsWords = (seconds: number) => (seconds === 1 ? '1 second ago' : `${seconds} seconds ago`);

/** Up to a minute back, while live goes on; the right end is live. */
export function RewindBar({ view }: { view: CobrowseView }) {
  const id = useId();
  const earliestMs = view.earliestMs.value;
  const pastAtMs = view.pastAtMs.value;
  const reach = Math.max(1, Math.floor((nowMs.value - (earliestMs ?? nowMs.value)) / stepMs));
  const ago = pastAtMs === null ? 0 : Math.max(1, Math.round((nowMs.value - pastAtMs) / stepMs));
  const move = (event: Event) => {
    const seconds = -Number((event.currentTarget as HTMLInputElement).value);
    view.rewind(seconds === 0 ? null : Date.now() - seconds * stepMs);
  };
  return (
    <fieldset class="rewind" data-past={pastAtMs === null ? undefined : ''}>
      <legend class="unseen">Rewind</legend>
      <label class="unseen" for={id}>
        Look back
      </label>
      <input
        id={id}
        class="rewind-slider"
        type="range"
        min={-Math.max(reach, ago)}
        max={0}
        step={1}
        disabled={earliestMs === null}
        value={-ago}
        aria-valuetext={ago === 0 ? 'Live' : secondsWords(ago)}
        onInput={move}
      />
      <span class="rewind-words" aria-hidden="true">
        {ago === 0 ? '' : `${countdown(ago * stepMs)} behind live`}
      </span>
      <Button
        look="quiet"
        icon={Radio}
        label="Back to live"
        pressed={ago === 0}
        onClick={() => view.rewind(null)}
      >
        Live
      </Button>
    </fieldset>
  );
}
