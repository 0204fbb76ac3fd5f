import type { AgentCard } from '../../../shared/model/agent.ts';
import { pageBoxOf } from '../page-box.ts';

/** Shows where an agent acts, and where one would like to. */

export interface Ghost {
  /** Stays at its element until it is taken away; null takes it away. */
  show(at: { element: Element; agent: AgentCard; words: string } | null): void;
  /** A moment's mark: the agent has done something here. */
  acted(element: Element, agent: AgentCard): void;
  close(): void;
}

/** Length of the animation in `control-styles.ts`. */
const actedMs = 1_400;

export function createGhost(layer: Element): Ghost {
  let shown: { element: Element; mark: HTMLElement } | null = null;
  let frame = 0;
  const marks = new Map<HTMLElement, ReturnType<typeof setTimeout>>();

  function make(className: string, agent: AgentCard, words: string): HTMLElement {
    const mark = document.createElement('div');
    mark.className = className;
    mark.style.setProperty('--agent', agent.color);
    const label = document.createElement('b');
    label.textContent = words;
    label.dir = 'auto';
    mark.append(label);
    layer.append(mark);
    return mark;
  }

  function place(mark: HTMLElement, element: Element): void {
    const box = element.isConnected ? pageBoxOf(element) : null;
    mark.hidden = !box;
    if (!box) return;
    mark.style.transform = `translate(${box.left - 3}px, ${box.top - 3}px)`;
    mark.style.width = `${box.width + 6}px`;
    mark.style.height = `${box.height + 6}px`;
  }

  function draw(): void {
    frame = 0;
    if (!shown) return;
    place(shown.mark, shown.element);
    frame = requestAnimationFrame(draw);
  }

  const hide = () => {
    shown?.mark.remove();
    shown = null;
    cancelAnimationFrame(frame);
    frame = 0;
  };

  return {
    show(at) {
      hide();
      if (!at) return;
      shown = { element: at.element, mark: make('cb-ghost', at.agent, at.words) };
      draw();
    },
    acted(element, agent) {
      const box = pageBoxOf(element);
      // As large as the page it would say nothing.
      if (!box || box.height > innerHeight * 0.8) return;
      const mark = make('cb-act', agent, agent.name);
      place(mark, element);
      const timer = setTimeout(() => {
        mark.remove();
        marks.delete(mark);
      }, actedMs);
      marks.set(mark, timer);
    },
    close() {
      hide();
      for (const [mark, timer] of marks) {
        clearTimeout(timer);
        mark.remove();
      }
      marks.clear();
    },
  };
}
