import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as texts from '../texts.ts';
import type { Part } from './part.ts';

export interface LateProps<P> {
  part: Part<P>;
  /** Draws it. */
  children(part: P): ComponentChildren;
  /** Stands in its place until it is here. */
  meanwhile?: ComponentChildren;
  /** Nobody misses it: that it cannot be had is not said. */
  isQuiet?: boolean;
}

/** Draws something of a chunk, which is fetched when it is first on screen. A failure can be tried again. */
export function Late<P>({ part, children, meanwhile, isQuiet }: LateProps<P>) {
  const [phase, setPhase] = useState<'waits' | 'here' | 'failed'>('waits');
  const loaded = part.get();

  useEffect(() => {
    if (loaded || phase !== 'waits') return;
    let isGone = false;
    void part.load().then((found) => isGone || setPhase(found ? 'here' : 'failed'));
    return () => {
      isGone = true;
    };
  }, [phase]);

  if (loaded) return <>{children(loaded)}</>;
  if (phase !== 'failed' || isQuiet) return <>{meanwhile}</>;
  return (
    <p class="hint late" role="alert">
      {texts.partFailed}{' '}
      <button type="button" class="again" onClick={() => setPhase('waits')}>
        {texts.tryAgain}
      </button>
    </p>
  );
}
