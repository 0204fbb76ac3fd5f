import { maxMarkChars, maxMarkPoints } from '../../../shared/limits.ts';
import type { MarkDraft, MarkKind } from '../../../shared/model/annotation.ts';
import { measured, type Point, pathOf, simplified } from '../../../shared/model/mark-shape.ts';
import { randomId } from '../../random-id.ts';
import { parentAcross } from '../dom-nodes.ts';
import { pageBoxOf } from '../page-box.ts';
import type { Sharing } from '../sharing.ts';
import * as texts from './drawing-texts.ts';

/** The visitor's hand over the page: what it draws belongs to the smallest element that all of it is in. */
export interface VisitorPen {
  use(tool: MarkKind | null): void;
  close(): void;
}

export interface VisitorPenParts {
  layer: HTMLElement;
  sharing(): Sharing | null;
  onDrawn(mark: MarkDraft): void;
  onPreview(path: string): void;
  onDone(): void;
}

/** A press that moved less than this is a press. */
const strokePx = 5;
const unit = { left: 0, top: 0, width: 1, height: 1 };

export function createVisitorPen(parts: VisitorPenParts): VisitorPen {
  const { layer, sharing } = parts;
  const sheet = document.createElement('div');
  sheet.className = 'cb-sheet';
  let tool: MarkKind | null = null;
  let points: Point[] = [];
  let field: HTMLInputElement | null = null;

  /** What lies under the sheet, in open shadow roots too. */
  function elementAt({ x, y }: Point): Element | null {
    sheet.style.pointerEvents = 'none';
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner: Element | null = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    sheet.style.pointerEvents = '';
    return found;
  }

  function tell(kind: MarkKind, drawn: readonly Point[], isAround: (element: Element) => boolean, text = '') {
    const page = sharing();
    const [first] = points;
    if (!page || !first) return;
    for (let node: Node | null = elementAt(first); node; node = parentAcross(node)) {
      const element = node.nodeType === 1 ? (node as Element) : null;
      const anchor = element && page.anchor(element);
      const box = element && pageBoxOf(element);
      if (!element || !anchor || !box) continue;
      const isRoot = element === document.documentElement;
      if (!isRoot && !isAround(element)) continue;
      return parts.onDrawn({ ...anchor, id: randomId(), kind, points: measured(drawn, box), text });
    }
  }

  const holds = (drawn: readonly Point[]) => (element: Element) => {
    const box = pageBoxOf(element);
    return (
      box !== null &&
      drawn.every(
        ({ x, y }) =>
          x >= box.left - 1 &&
          x <= box.left + box.width + 1 &&
          y >= box.top - 1 &&
          y <= box.top + box.height + 1,
      )
    );
  };
  const any = () => true;

  const shape = (kind: MarkKind): Point[] => {
    const [first, last] = [points[0], points.at(-1)];
    return kind === 'pen' ? points : first && last ? [first, last] : [];
  };

  function askForText(at: Point): void {
    field?.remove();
    const input = document.createElement('input');
    input.className = 'cb-callout-field';
    input.maxLength = maxMarkChars;
    input.placeholder = texts.ask;
    input.setAttribute('aria-label', texts.ask);
    input.style.left = `${Math.max(4, Math.min(at.x, innerWidth - 228))}px`;
    input.style.top = `${Math.max(4, Math.min(at.y, innerHeight - 44))}px`;
    const done = () => {
      input.remove();
      if (field === input) field = null;
    };
    input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') done();
      if (event.key !== 'Enter' || event.isComposing) return;
      const text = input.value.trim();
      if (text !== '') tell('callout', [at], any, text);
      done();
    });
    input.addEventListener('blur', done);
    field = input;
    layer.append(input);
    input.focus();
  }

  function down(event: PointerEvent): void {
    if (!event.isTrusted || event.button !== 0 || !tool) return;
    event.preventDefault();
    points = [{ x: event.clientX, y: event.clientY }];
    sheet.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    if (points.length === 0 || !tool || tool === 'highlight' || tool === 'callout') return;
    points.push({ x: event.clientX, y: event.clientY });
    parts.onPreview(pathOf({ kind: tool, points: shape(tool).flatMap(({ x, y }) => [x, y]) }, unit));
  }
  function up() {
    const [first] = points;
    parts.onPreview('');
    if (!first || !tool) return;
    if (tool === 'highlight') tell(tool, [], any);
    else if (tool === 'callout') askForText(first);
    else if (points.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) >= strokePx)) {
      const drawn = tool === 'pen' ? simplified(points, maxMarkPoints) : shape(tool);
      tell(tool, drawn, holds(drawn));
    }
    if (tool !== 'callout') points = [];
  }
  const leave = (event: KeyboardEvent) => {
    if (event.isTrusted && event.key === 'Escape' && tool && !field) parts.onDone();
  };

  sheet.addEventListener('pointerdown', down);
  sheet.addEventListener('pointermove', move);
  sheet.addEventListener('pointerup', up);
  sheet.addEventListener('pointercancel', () => {
    points = [];
    parts.onPreview('');
  });
  addEventListener('keydown', leave, true);

  return {
    use(next) {
      tool = next;
      points = [];
      parts.onPreview('');
      // First in the layer: what is drawn and every control of ours stay above it.
      if (next) layer.prepend(sheet);
      else sheet.remove();
    },
    close() {
      removeEventListener('keydown', leave, true);
      sheet.remove();
      field?.remove();
    },
  };
}
