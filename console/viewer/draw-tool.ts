import { maxMarkChars, maxMarkPoints } from '../../shared/limits.ts';
import type { MarkDraft, MarkKind } from '../../shared/model/annotation.ts';
import { measured, type Point, pathOf, simplified } from '../../shared/model/mark-shape.ts';
import { boxOnPage } from './element-box.ts';
import { placeAt } from './pointer-place.ts';
import type { Stage } from './stage.ts';

/** Turns the agent's strokes on the cover into marks of the element that they are about. */

export type DrawnMark = Omit<MarkDraft, 'id' | 'tab' | 'epoch'>;

export interface DrawToolParts {
  stage: Stage;
  onDrawn(mark: DrawnMark): void;
  /** The stroke as it grows, in px of the page; null when it is over. */
  onPreview(path: string | null): void;
}

/** A press that moved less than this is a press. */
const strokePx = 5;
const round = (value: number) => Math.round(value * 10) / 10;

export function createDrawTool({ stage, onDrawn, onPreview }: DrawToolParts) {
  const { cover } = stage;
  let points: Point[] = [];
  let kind: MarkKind | null = null;
  let field: HTMLInputElement | null = null;

  function tool(): MarkKind | null {
    const { tool: chosen } = stage.settings();
    return chosen === 'look' || chosen === 'control' ? null : chosen;
  }

  /** The smallest element that all of the stroke is in; else the page. */
  function elementFor(drawn: readonly Point[]): { node: number; element: Element } | null {
    const page = stage.page();
    const shown = page?.document();
    const [first] = drawn;
    if (!page || !shown || !first) return null;
    const at = placeAt(shown, first, page.idOf);
    let node: Node | null = at ? page.nodeById(at.node) : null;
    while (node) {
      const element = node.nodeType === 1 ? (node as Element) : null;
      const box = element && boxOnPage(element, shown);
      const isAround =
        box &&
        drawn.every(
          ({ x, y }) =>
            x >= box.left - 1 &&
            x <= box.left + box.width + 1 &&
            y >= box.top - 1 &&
            y <= box.top + box.height + 1,
        );
      if (element && isAround && page.idOf(element) > 0) return { node: page.idOf(element), element };
      const parent: Node | null = node.parentNode;
      if (parent?.nodeType === 11) node = (parent as ShadowRoot).host ?? null;
      else if (parent?.nodeType === 9) node = (parent as Document).defaultView?.frameElement ?? null;
      else node = parent;
      if (node?.ownerDocument === document) break;
    }
    const root = shown.documentElement;
    return root && page.idOf(root) > 0 ? { node: page.idOf(root), element: root } : null;
  }

  /** What lies at a point, for a highlight or a callout. */
  function elementAt(point: Point): { node: number; element: Element } | null {
    const page = stage.page();
    const shown = page?.document();
    const at = page && shown ? placeAt(shown, point, page.idOf) : null;
    const node = at && page ? page.nodeById(at.node) : null;
    return at && node?.nodeType === 1 ? { node: at.node, element: node as Element } : null;
  }

  function tell(
    marked: MarkKind,
    found: { node: number; element: Element } | null,
    drawn: readonly Point[],
    text = '',
  ) {
    const shown = stage.page()?.document();
    const box = found && shown ? boxOnPage(found.element, shown) : null;
    if (!found || !box) return;
    onDrawn({ kind: marked, node: found.node, points: measured(drawn, box), text });
  }

  function askForText(point: Point, event: PointerEvent): void {
    field?.remove();
    const found = elementAt(point);
    const box = cover.getBoundingClientRect();
    const input = document.createElement('input');
    input.className = 'callout-field';
    input.maxLength = maxMarkChars;
    input.placeholder = 'What do you want to say?';
    input.setAttribute('aria-label', 'Text of the callout');
    input.style.left = `${Math.max(0, Math.min(event.clientX - box.left, box.width - 220))}px`;
    input.style.top = `${Math.max(0, Math.min(event.clientY - box.top, box.height - 36))}px`;
    const done = () => {
      input.remove();
      if (field === input) field = null;
    };
    input.addEventListener('keydown', (key) => {
      key.stopPropagation();
      if (key.key === 'Escape') done();
      if (key.key !== 'Enter' || key.isComposing) return;
      const text = input.value.trim();
      if (text !== '') tell('callout', found, [point], text);
      done();
    });
    input.addEventListener('blur', done);
    for (const name of ['pointerdown', 'mousedown'] as const)
      input.addEventListener(name, (each) => each.stopPropagation());
    field = input;
    cover.append(input);
    input.focus();
  }

  const shape = (marked: MarkKind) => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? (marked === 'pen' ? points : [first, last]) : [];
  };

  function down(event: PointerEvent): void {
    kind = event.button === 0 ? tool() : null;
    if (!kind || !stage.page()) return;
    points = [stage.pointOf(event)];
    if (kind !== 'callout') cover.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    if (!kind || kind === 'highlight' || kind === 'callout') return;
    points.push(stage.pointOf(event));
    const drawn = shape(kind);
    const origin = { left: 0, top: 0, width: 1, height: 1 };
    const flat = drawn.flatMap(({ x, y }) => [round(x), round(y)]);
    onPreview(pathOf({ kind, points: flat }, origin));
  }

  function up(event: PointerEvent) {
    const marked = kind;
    kind = null;
    onPreview(null);
    const [first] = points;
    const last = stage.pointOf(event);
    if (!marked || !first) return;
    if (marked === 'highlight') return tell('highlight', elementAt(first), []);
    if (marked === 'callout') return askForText(first, event);
    points.push(last);
    const isStroke = points.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) >= strokePx);
    const drawn = marked === 'pen' ? simplified(points, maxMarkPoints) : shape(marked);
    if (isStroke) tell(marked, elementFor(drawn), drawn);
  }

  const cancel = () => {
    kind = null;
    onPreview(null);
  };
  cover.addEventListener('pointerdown', down);
  cover.addEventListener('pointermove', move);
  cover.addEventListener('pointerup', up);
  cover.addEventListener('pointercancel', cancel);
}
