import { edgesOf, pageScale, type Size } from './page-scale.ts';
import { type ElementPlace, placeAt, pointOnPage } from './pointer-place.ts';
import type { ViewSettings } from './port.ts';

/** The room the page is shown in: its scale, the cover that keeps the agent's input off the page, the laser pointer. */

export interface ShownPage {
  layer: HTMLElement;
  document(): Document | null;
  idOf(node: Node): number;
  nodeById(id: number): Node | null;
}

/** The stage as the tools that work on it see it. */
export type Stage = Pick<ReturnType<typeof createStage>, 'cover' | 'pointOf' | 'page' | 'settings'>;

export interface StageParts {
  room: HTMLElement;
  onPointed(place: ElementPlace | null): void;
  onScaled(size: Size, scale: number): void;
}

/** The pointer is told at most this often: about 30 times a second. */
const pointEveryMs = 33;

export function createStage({ room, onPointed, onScaled }: StageParts) {
  const frame = document.createElement('div');
  frame.className = 'page-frame';
  const scaled = document.createElement('div');
  scaled.className = 'page-scaled';
  const cover = document.createElement('div');
  cover.className = 'page-cover';
  const dot = document.createElement('div');
  dot.className = 'agent-dot';
  dot.hidden = true;
  cover.append(dot);
  frame.append(scaled, cover);
  /** Empty space around the page; drawn as a phone, a tablet or a window where the agent wants one. */
  const device = document.createElement('div');
  device.className = 'page-device';
  device.append(frame);
  room.append(device);

  let size: Size = { widthPx: 0, heightPx: 0 };
  let settings: ViewSettings = {
    zoom: 'fit',
    device: 'window',
    pointing: false,
    tool: 'look',
    theme: 'light',
    color: '#0072b2',
  };
  let scale = 1;
  let page: ShownPage | null = null;
  let last: { x: number; y: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let toldAtMs = 0;
  let isOutside = true;

  function layOut() {
    const edges = edgesOf(settings.zoom, settings.device);
    const place = { widthPx: room.clientWidth, heightPx: room.clientHeight };
    scale = pageScale(settings.zoom, size, place, edges);
    device.hidden = size.widthPx === 0;
    device.style.padding = [edges.topPx, edges.sidePx, edges.bottomPx]
      .map((edgePx) => `${edgePx * scale}px`)
      .join(' ');
    device.style.setProperty('--scale', String(scale));
    device.style.borderRadius = `${edges.radiusPx * scale}px`;
    if (settings.zoom === 'device') device.dataset.device = settings.device;
    else delete device.dataset.device;
    frame.style.width = `${size.widthPx * scale}px`;
    frame.style.height = `${size.heightPx * scale}px`;
    scaled.style.width = `${size.widthPx}px`;
    scaled.style.height = `${size.heightPx}px`;
    scaled.style.transform = scale === 1 ? 'none' : `scale(${scale})`;
    room.dataset.zoom = settings.zoom;
    if (size.widthPx > 0) onScaled(size, scale);
  }

  function tell() {
    timer = null;
    toldAtMs = performance.now();
    const shown = page?.document();
    if (!last || !page || !shown) return;
    onPointed(placeAt(shown, pointOnPage(cover.getBoundingClientRect(), scale, last), page.idOf));
    isOutside = false;
  }

  function leave() {
    last = null;
    dot.hidden = true;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!isOutside) onPointed(null);
    isOutside = true;
  }

  function move(event: PointerEvent) {
    if (!settings.pointing || !page) return;
    last = { x: event.clientX, y: event.clientY };
    const box = cover.getBoundingClientRect();
    dot.hidden = false;
    dot.style.transform = `translate(${last.x - box.left}px, ${last.y - box.top}px)`;
    timer ??= setTimeout(tell, Math.max(0, pointEveryMs - (performance.now() - toldAtMs)));
  }

  /** A touch points while the finger is down; it must not scroll the stage away under it. */
  const release = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') leave();
  };
  /** The keyboard stays where the agent types; what is typed into stands in the cover itself. */
  const keepFocus = (event: Event) => {
    if (event.target === cover) event.preventDefault();
  };

  cover.addEventListener('pointermove', move);
  cover.addEventListener('pointerdown', move);
  cover.addEventListener('pointerup', release);
  cover.addEventListener('pointercancel', leave);
  cover.addEventListener('pointerleave', leave);
  cover.addEventListener('mousedown', keepFocus);
  const observer = new ResizeObserver(layOut);
  observer.observe(room);

  return {
    scaled,
    cover,
    /** A point of the screen as one of the page. */
    pointOf: ({ clientX, clientY }: { clientX: number; clientY: number }) =>
      pointOnPage(cover.getBoundingClientRect(), scale, { x: clientX, y: clientY }),
    page: () => page,
    settings: () => settings,
    show(next: ShownPage | null) {
      page = next;
      if (next) return;
      leave();
      size = { widthPx: 0, heightPx: 0 };
      layOut();
    },
    resize(next: Size) {
      size = next;
      layOut();
    },
    apply(next: ViewSettings) {
      settings = next;
      document.documentElement.dataset.theme = next.theme;
      dot.style.setProperty('--agent', next.color);
      cover.dataset.pointing = String(next.pointing);
      cover.dataset.tool = next.tool;
      cover.style.setProperty('--agent', next.color);
      if (!next.pointing) leave();
      layOut();
    },
    close() {
      leave();
      observer.disconnect();
      device.remove();
    },
  };
}
