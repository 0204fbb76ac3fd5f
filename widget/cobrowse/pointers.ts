import type { AgentCard } from '../../shared/model/agent.ts';
import type { Pointer } from '../../shared/protocol.ts';
import { adoptStyles } from '../ui/adopt-styles.ts';

/** Agents' laser pointers on the page: a dot with the agent's name that stays at its element while the page moves. */
export interface Pointers {
  move(agent: AgentCard, pointer: Pointer | null): void;
  clear(): void;
}

const laserStyles = `
.cb-laser{position:absolute;left:0;top:0;display:flex;align-items:flex-start;transition:opacity 300ms}
.cb-laser i{flex:none;width:18px;height:18px;box-sizing:border-box;margin:-9px 0 0 -9px;border-radius:50%;border:2px solid #fff;background:var(--agent);box-shadow:0 0 0 5px color-mix(in srgb,var(--agent) 33%,transparent),0 1px 4px rgba(0,0,0,.4)}
.cb-laser b{margin:6px 0 0 2px;max-width:180px;padding:0 8px;border-radius:9px;font-size:12px;font-weight:600;line-height:18px;color:#fff;background:var(--agent);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (forced-colors:active){.cb-laser{forced-color-adjust:none}}
@media (prefers-reduced-motion:reduce){.cb-laser{transition:none}}
`;

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
  adoptStyles(parts.layer.getRootNode() as ShadowRoot, laserStyles);
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
    if (!element) return null;
    const box = element.getBoundingClientRect();
    if (box.width === 0 && box.height === 0) return null;
    let [x, y] = [box.left + box.width * pointer.x, box.top + box.height * pointer.y];
    // An element of a frame is placed in the frame's own window.
    let view = element.ownerDocument.defaultView;
    while (view && view !== window && view.frameElement) {
      const outer = view.frameElement.getBoundingClientRect();
      x += outer.left + view.frameElement.clientLeft;
      y += outer.top + view.frameElement.clientTop;
      view = view.frameElement.ownerDocument.defaultView;
    }
    return { x, y };
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
