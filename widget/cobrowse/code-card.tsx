import { h, render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { codeStyles } from './code-styles.ts';
import * as texts from './code-texts.ts';

export interface CodeCard {
  close(): void;
}

export interface CodeCardParts {
  getCode(): Promise<{ code: string; expiresAtMs: number }>;
  onClose(): void;
}

const styled = new WeakSet<ShadowRoot>();

/** Six digits for the telephone: fetched when the visitor asks for a code. */
export function openCode(root: ShadowRoot, parts: CodeCardParts): CodeCard {
  if (!styled.has(root)) adoptStyles(root, codeStyles);
  styled.add(root);
  const place = document.createElement('div');
  root.append(place);
  render(h(Card, parts), place);
  return {
    close() {
      render(null, place);
      place.remove();
    },
  };
}

function Card({ getCode, onClose }: CodeCardParts) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [state, setState] = useState<'asking' | 'failed' | 'over' | { code: string }>('asking');
  const [round, setRound] = useState(0);

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    title.current?.focus({ preventScroll: true });
    return () => element.close();
  }, []);

  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState('asking');
    getCode().then(
      ({ code, expiresAtMs }) => {
        if (isGone) return;
        setState({ code });
        timer = setTimeout(() => setState('over'), Math.max(0, expiresAtMs - Date.now()));
      },
      () => {
        if (!isGone) setState('failed');
      },
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [round]);

  const isShown = typeof state === 'object';
  return (
    <dialog
      ref={dialog}
      class="cb-code"
      aria-labelledby="cb-code-title"
      onClose={() => {
        if (dialog.current) onClose();
      }}
    >
      <h2 id="cb-code-title" ref={title} tabIndex={-1}>
        {texts.title}
      </h2>
      <p>{texts.what}</p>
      <output dir="ltr" aria-label={isShown ? [...state.code].join(' ') : undefined}>
        {isShown ? `${state.code.slice(0, 3)} ${state.code.slice(3)}` : ''}
        {state === 'asking' && <span class="cb-code-words">{texts.asking}</span>}
        {state === 'over' && <span class="cb-code-words">{texts.over}</span>}
        {state === 'failed' && <span class="cb-code-words">{texts.failed}</span>}
      </output>
      <p>{texts.afterwards}</p>
      <div class="cb-code-choice">
        {(state === 'over' || state === 'failed') && (
          <button type="button" onClick={() => setRound(round + 1)}>
            {texts.again}
          </button>
        )}
        <button type="button" onClick={() => onClose()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}
