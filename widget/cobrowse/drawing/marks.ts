import type { Mark } from '../../../shared/model/annotation.ts';
import { pathOf, pointsIn } from '../../../shared/model/mark-shape.ts';
import { pageBoxOf } from '../page-box.ts';
import type { Sharing } from '../sharing.ts';
import { type ElementPrint, findPrint, printOf } from './element-print.ts';
import type { KeptMarks } from './mark-shelf.ts';

/** Marks over the page, each at its element: drawn where it is in every frame, and found again when it is drawn anew. */
export interface Marks {
  add(mark: Mark): void;
  remove(ids: readonly string[]): void;
  ids(): string[];
  /** A stroke that is being drawn. */
  preview(path: string): void;
  /** What is kept elsewhere stays; nothing is drawn. */
  clear(): void;
}

export interface MarksParts {
  layer: HTMLElement;
  sharing(): Sharing | null;
  shelf: KeptMarks;
  /** There are more or fewer of them. */
  onChange(): void;
}

/** The visitor's own marks: no agent has this colour. The same in the viewer. */
const visitorColor = '#1f2937';
/** A page that draws anew does so at once; what is not back by then is gone, or slow. */
const findEveryMs = 250;
/** How long an element of the page before is looked for on the new one. */
const lookedForMs = 10_000;

const svgSpace = 'http://www.w3.org/2000/svg';

interface Drawn {
  mark: Mark;
  element: Element | null;
  print: ElementPrint | null;
  root: Document | ShadowRoot;
  group: SVGGElement;
  label: HTMLElement | null;
  shown: string;
  lookedAtMs: number;
  sinceMs: number;
}

export function createMarks({ layer, sharing, shelf, onChange }: MarksParts): Marks {
  const drawn = new Map<string, Drawn>();
  let frame = 0;
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', 'cb-marks');
  const draft = document.createElementNS(svgSpace, 'path');
  draft.style.setProperty('--mark', visitorColor);
  svg.append(draft);
  layer.append(svg);

  function make(mark: Mark): Pick<Drawn, 'group' | 'label'> {
    const color = mark.by?.color ?? visitorColor;
    const group = document.createElementNS(svgSpace, 'g');
    group.setAttribute('class', `cb-${mark.kind}`);
    group.style.setProperty('--mark', color);
    const under = document.createElementNS(svgSpace, 'path');
    under.setAttribute('class', 'cb-under');
    group.append(under, document.createElementNS(svgSpace, 'path'));
    svg.insertBefore(group, draft);
    if (mark.kind !== 'callout') return { group, label: null };
    const label = document.createElement('div');
    label.className = 'cb-callout';
    label.style.setProperty('--mark', color);
    label.textContent = mark.text;
    label.dir = 'auto';
    layer.append(label);
    return { group, label };
  }

  function find(each: Drawn, nowMs: number): void {
    if (nowMs - each.lookedAtMs < findEveryMs) return;
    each.lookedAtMs = nowMs;
    const page = sharing();
    const { print } = each;
    const root = each.root instanceof ShadowRoot && !each.root.host.isConnected ? document : each.root;
    const found = print && findPrint(root, print);
    const anchor = found && page?.anchor(found);
    if (found && anchor) {
      each.element = found;
      each.mark = { ...each.mark, epoch: anchor.epoch, node: anchor.node };
      page?.say('mark:anchored', { id: each.mark.id, epoch: anchor.epoch, node: anchor.node });
    } else if (nowMs - each.sinceMs > lookedForMs) {
      page?.say('mark:removed', { ids: [each.mark.id] });
      take(each.mark.id);
    }
  }

  function draw(): void {
    frame = 0;
    const nowMs = performance.now();
    for (const each of [...drawn.values()]) {
      if (each.element?.isConnected) each.sinceMs = nowMs;
      else find(each, nowMs);
      const box = each.element?.isConnected ? pageBoxOf(each.element) : null;
      const [at] = box && each.label ? pointsIn(each.mark, box) : [];
      const look = box ? (at ? `${at.x} ${at.y}` : pathOf(each.mark, box)) : '';
      if (look === each.shown) continue;
      each.shown = look;
      if (each.label) {
        each.label.hidden = !at;
        if (at) each.label.style.transform = `translate(${at.x}px, ${at.y}px)`;
      } else for (const path of each.group.children) path.setAttribute('d', look);
    }
    if (drawn.size > 0) frame = requestAnimationFrame(draw);
  }

  function take(id: string): void {
    const each = drawn.get(id);
    each?.group.remove();
    each?.label?.remove();
    drawn.delete(id);
  }

  function keep(): void {
    const prints = new Map<string, ElementPrint>();
    for (const [id, { print }] of drawn) if (print) prints.set(id, print);
    shelf.set(prints);
    onChange();
  }

  return {
    add(mark) {
      const element = sharing()?.element(mark) ?? null;
      const known = drawn.get(mark.id);
      // An element that is gone and was never here: of the page before, or a page that has gone on meanwhile.
      const print = element ? printOf(element) : (known?.print ?? shelf.get(mark.id));
      if (!element && !print) {
        sharing()?.say('mark:removed', { ids: [mark.id] });
        return;
      }
      take(mark.id);
      drawn.set(mark.id, {
        mark,
        element,
        print,
        root: (element?.getRootNode() as Document | ShadowRoot | undefined) ?? document,
        ...make(mark),
        shown: '',
        lookedAtMs: Number.NEGATIVE_INFINITY,
        sinceMs: performance.now(),
      });
      frame ||= requestAnimationFrame(draw);
      keep();
    },
    remove(ids) {
      for (const id of ids) take(id);
      keep();
    },
    ids: () => [...drawn.keys()],
    preview: (path) => draft.setAttribute('d', path),
    clear() {
      cancelAnimationFrame(frame);
      frame = 0;
      for (const id of [...drawn.keys()]) take(id);
      draft.setAttribute('d', '');
      onChange();
    },
  };
}
