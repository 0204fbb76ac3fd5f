import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

/** Shows a component of a chunk that is fetched when it is first on screen. A failure can be tried again. */
export function lazyPart<P extends object>(parts: {
  load(): Promise<ComponentType<P>>;
  report(error: unknown): void;
}): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function LazyPart(props: P) {
    const [tries, setTries] = useState(0);
    const [phase, setPhase] = useState<'loading' | 'ready' | 'failed'>('loading');

    useEffect(() => {
      if (loaded) return;
      let gone = false;
      parts.load().then(
        (component) => {
          loaded = component;
          if (!gone) setPhase('ready');
        },
        (error: unknown) => {
          parts.report(error);
          if (!gone) setPhase('failed');
        },
      );
      return () => {
        gone = true;
      };
    }, [tries]);

    const Part = loaded;
    if (Part) return <Part {...props} />;
    if (phase !== 'failed') return null;
    return (
      <p class="hint">
        {texts.partFailed}{' '}
        <button
          type="button"
          class="again"
          onClick={() => {
            setPhase('loading');
            setTries(tries + 1);
          }}
        >
          {texts.tryAgain}
        </button>
      </p>
    );
  };
}
