import { maxPictureChars } from '../../../shared/model/cobrowse-states.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** Of all canvases and videos together: a chart is there at once, a game is a slide show. */
const pictureEveryMs = 800;
const maxSidePx = 1_200;
const qualities = [0.9, 0.6, 0.3];

type Drawn = HTMLCanvasElement | HTMLVideoElement;

/** What canvases and videos on the screen show, one after another, as small pictures. */
export function createPictureReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
  isTold(key: string): boolean;
}): StateReader {
  const { nodes, inside, roots, tell, isTold } = parts;
  const last = new WeakMap<Drawn, number>();
  let frame = 0;
  let dueMs = 0;

  function canShow(element: Drawn): boolean {
    const { width, height, top, bottom, left, right } = element.getBoundingClientRect();
    const isOnScreen =
      width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    const { level } = inside.privacy.of(element);
    return isOnScreen && level !== 'blocked' && level !== 'masked' && inside.isTold(nodes.idOf(element));
  }

  /** In the task in which the page draws: a WebGL canvas is empty afterwards. */
  function take(element: Drawn): void {
    inside.beginTurn();
    if (!canShow(element)) return;
    const isVideo = 'videoWidth' in element;
    const [width, height] = isVideo
      ? [element.videoWidth, element.videoHeight]
      : [element.width, element.height];
    const scale = Math.min(1, maxSidePx / Math.max(width, height));
    if (!(width > 0 && height > 0)) return;
    const copy = document.createElement('canvas');
    copy.width = Math.max(1, Math.round(width * scale));
    copy.height = Math.max(1, Math.round(height * scale));
    const context = copy.getContext('2d');
    context?.drawImage(element, 0, 0, copy.width, copy.height);
    const id = nodes.idOf(element);
    if (!isVideo && context && isEmpty(context) && (!isTold(`picture ${id}`) || !element.getContext('2d')))
      return;
    for (const quality of qualities) {
      // Throws for pictures of other origins: they stay in the page.
      const url = copy.toDataURL('image/webp', quality);
      if (url.length > maxPictureChars) continue;
      tell(`picture ${id}`, { kind: 'picture', id, url });
      return;
    }
  }

  function takeNext(): void {
    frame = 0;
    const waiting = roots
      .select<Drawn>('canvas,video')
      .filter((element) => !('readyState' in element) || element.readyState >= 2)
      .sort((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0));
    for (const element of waiting) {
      last.set(element, performance.now());
      try {
        take(element);
      } catch {
        continue;
      }
      return;
    }
  }

  return {
    look() {
      const nowMs = performance.now();
      if (nowMs < dueMs) return;
      dueMs = nowMs + pictureEveryMs;
      // Behind what the page itself draws in that frame: it has asked for the frame before.
      frame ||= requestAnimationFrame(() => {
        setTimeout(() => {
          frame = requestAnimationFrame(takeNext);
        });
      });
    },
    startEpoch() {
      dueMs = 0;
    },
    close: () => cancelAnimationFrame(frame),
  };
}

/** Nothing was drawn, or it is a WebGL canvas that has shown its drawing and forgotten it. */
function isEmpty(context: CanvasRenderingContext2D): boolean {
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  return !new Uint32Array(data.buffer).some((pixel) => pixel !== 0);
}
