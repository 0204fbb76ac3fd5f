import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import * as texts from '../texts.ts';

/** Where the panel fills the screen; the same in the style sheet. */
const fullScreenQuery = '(max-width: 479.98px), (max-height: 479.98px)';

export function isFullScreen(): boolean {
  return matchMedia(fullScreenQuery).matches;
}

const focusable = 'button:not(:disabled, [tabindex="-1"]), textarea, input, select, a[href], [tabindex="0"]';

export interface PanelProps {
  site: string;
  side: 'right' | 'left';
  /** The page is being shared: where the panel fills the screen it leaves room for the banner, at either end. */
  shares: boolean;
  /** Changes when the panel shows something else: the focus goes there. */
  viewKey: string;
  /** Opened by a person, not by a page load: the focus may move. */
  takesFocus: boolean;
  /** Something has just been written: a touch screen's keyboard is up and shall stay. */
  focusesText: boolean;
  onEscape(): void;
  children: ComponentChildren;
}

export function Panel({
  site,
  side,
  shares,
  viewKey,
  takesFocus,
  focusesText,
  onEscape,
  children,
}: PanelProps) {
  const panel = useRef<HTMLDivElement>(null);

  // Before the frame that shows it: what is typed at once belongs to the panel.
  useLayoutEffect(() => {
    const box = panel.current;
    if (!box || !takesFocus) return;
    // On a touch screen the keyboard would jump up and hide what was opened.
    const avoidsKeyboard = matchMedia('(pointer: coarse)').matches && !focusesText;
    const target = avoidsKeyboard ? null : box.querySelector('textarea');
    (target ?? box).focus({ preventScroll: true });
  }, [viewKey]);

  // iOS lays the keyboard over the page: the composer has to stay above it.
  useEffect(() => {
    const view = window.visualViewport;
    const box = panel.current;
    if (!view || !box) return;
    const fit = () => {
      const isFull = isFullScreen() && view.scale === 1;
      box.style.height = isFull ? `${view.height}px` : '';
      box.style.top = isFull ? `${view.offsetTop}px` : '';
      box.setAttribute('aria-modal', String(isFullScreen()));
    };
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      onEscape();
    } else if (event.key === 'Tab' && isFullScreen()) {
      keepInside(event);
    }
  }

  function keepInside(event: KeyboardEvent) {
    const all = [...(panel.current?.querySelectorAll<HTMLElement>(focusable) ?? [])];
    const active = (panel.current?.getRootNode() as ShadowRoot | undefined)?.activeElement;
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (active !== edge && active !== panel.current) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  }

  return (
    <div
      ref={panel}
      class={`panel ${side}${shares ? ' shares' : ''}`}
      role="dialog"
      aria-label={texts.panel(site)}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
