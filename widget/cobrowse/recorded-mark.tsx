import { useState } from 'preact/hooks';
import { adoptStyles } from '../ui/adopt-styles.ts';
import * as texts from './recorded-texts.ts';

/** Beside the banner's words while the session is recorded: says so, and ends the recording alone. */
export function RecordedMark({ onStop }: { onStop(): Promise<unknown> }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');

  function stop(event: Event) {
    // Only the visitor's own clicks and keys count.
    if (!event.isTrusted || state === 'busy') return;
    setState('busy');
    onStop().catch(() => setState('failed'));
  }

  return (
    <span class="cb-recorded">
      <span role="status">{state === 'failed' ? texts.failed : texts.recorded}</span>
      <button type="button" aria-disabled={state === 'busy'} onClick={stop}>
        {texts.stopRecording}
      </button>
    </span>
  );
}

const styled = new WeakSet<ShadowRoot>();

/** Its look, in the banner's own root. */
export function dressRecordedMark(root: ShadowRoot): void {
  if (!styled.has(root)) adoptStyles(root, styles);
  styled.add(root);
}

const styles = `
.cb-recorded{flex:none;display:flex;align-items:center;gap:8px;padding-inline-start:12px;border-inline-start:1px solid}
.cb-recorded>span::before{content:"";display:inline-block;width:9px;height:9px;margin-inline-end:6px;border-radius:50%;background:#e5484d;box-shadow:0 0 0 2px #fff}
.cb-banner .cb-recorded button{padding:0 10px;box-shadow:inset 0 0 0 1.5px;margin:0;background:none;color:inherit}
@media (max-width:639px){.cb-banner:has(.cb-recorded){flex-wrap:wrap}.cb-recorded{order:1;flex:1 0 100%;justify-content:space-between;padding-inline-start:0;border:0}}
`;
