import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './corner.css';

/** Between it and what stands next to it; `--space-2`. */
const gapPx = 8;

/**
 * Where toasts and offers come and go. It tells the pages by `--corner-room` how much room it takes, and they leave that
 * free: it covers no row and no control, and no row moves.
 */
export function Corner({ children }: { children: ComponentChildren }) {
  const corner = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = corner.current;
    if (!element) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const heightPx = element.offsetHeight;
      style.setProperty('--corner-room', heightPx === 0 ? '0px' : `${heightPx + 2 * gapPx}px`);
      const messages = document.querySelector('.messages-place');
      if (messages) style.setProperty('--corner-top', `${messages.getBoundingClientRect().top + gapPx}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--corner-room');
      style.removeProperty('--corner-top');
    };
  }, []);
  return (
    <div ref={corner} class="console-corner">
      {children}
    </div>
  );
}
