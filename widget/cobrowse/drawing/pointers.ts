import type { AgentCard } from '../../../shared/model/agent.ts';
import type { Pointer } from '../../../shared/protocol.ts';
import { pageBoxOf } from '../page-box.ts';

/** Agents' laser pointers on the page: a dot with the agent's name that stays at its element while the page moves. */
export interface Pointers {
  move(agent: AgentCard, pointer: Pointer | null): void;
  clear(): void;
}

/** A pointer at rest fades after this. */
const restsMs = 5_000;
const fadesMs = 300;

interface Laser {
  mark: HTMLElement;
  pointer: Pointer;
  movedAtMs: number;
}

export function createPointers(parts: {
  layer: HTMLElement;
  target(pointer: Pointer): Element | null;
}): Pointers {
  const lasers = new Map<string, Laser>();
  let frame = 0;

  function draw(): void {
    frame = 0;
    const nowMs = performance.now();
    for (const [id, laser] of lasers) {
      const restedMs = nowMs - laser.movedAtMs;
      const place = restedMs < restsMs + fadesMs ? placeOf(laser.pointer) : null;
      if (!place) {
        laser.mark.remove();
        lasers.delete(id);
        continue;
      }
      laser.mark.style.transform = `translate(${place.x}px, ${place.y}px)`;
      laser.mark.style.opacity = restedMs < restsMs ? '1' : '0';
    }
    if (lasers.size > 0) frame = requestAnimationFrame(draw);
  }

  function placeOf(pointer: Pointer): { x: number; y: number } | null {
    const element = parts.target(pointer);
    const box = element && pageBoxOf(element);
    return box && { x: box.left + box.width * pointer.x, y: box.top + box.height * pointer.y };
  }

  function create(agent: AgentCard): HTMLElement {
    const mark = document.createElement('div');
    mark.className = 'cb-laser';
    mark.style.setProperty('--agent', agent.color);
    const dot = document.createElement('i');
    const name = document.createElement('b');
    name.textContent = agent.name;
    name.dir = 'auto';
    mark.append(dot, name);
    parts.layer.append(mark);
    return mark;
  }

  return {
    move(agent, pointer) {
      const known = lasers.get(agent.id);
      if (!pointer) {
        known?.mark.remove();
        lasers.delete(agent.id);
        return;
      }
      if (!parts.target(pointer)) return;
      lasers.set(agent.id, { mark: known?.mark ?? create(agent), pointer, movedAtMs: performance.now() });
      frame ||= requestAnimationFrame(draw);
    },
    clear() {
      cancelAnimationFrame(frame);
      frame = 0;
      for (const { mark } of lasers.values()) mark.remove();
      lasers.clear();
    },
  };
}
