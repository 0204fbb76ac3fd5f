import type { Mark } from '../../shared/model/annotation.ts';
import { pathOf, pointsIn } from '../../shared/model/mark-shape.ts';
import { boxOnPage } from './element-box.ts';
import type { Box } from './pointer-place.ts';
import type { ShownPage } from './stage.ts';

/** Draws the session's marks over the mirror, each at its element, in every frame in which it may have moved. */

const svgSpace = 'http://www.w3.org/2000/svg';
/** The visitor's own marks: no agent has this colour. */
const visitorColor = '#1f2937';

interface Drawn {
  mark: Mark;
  group: SVGGElement;
  path: SVGPathElement;
  under: SVGPathElement;
  label: HTMLElement | null;
  shown: string;
}

export interface MarksLayer {
  show(page: ShownPage | null, tab: string | null): void;
  resize(size: { widthPx: number; heightPx: number }): void;
  set(marks: readonly Mark[]): void;
  /** A stroke that is being drawn; null: none. */
  preview(path: string | null, color: string): void;
  close(): void;
}

export function createMarksLayer(cover: HTMLElement): MarksLayer {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.classList.add('page-marks');
  const labels = document.createElement('div');
  labels.className = 'page-callouts';
  cover.append(svg, labels);
  const draft = document.createElementNS(svgSpace, 'path');
  draft.classList.add('mark-line');
  svg.append(draft);
  const drawn = new Map<string, Drawn>();
  let page: ShownPage | null = null;
  let tab: string | null = null;
  let size = { widthPx: 1, heightPx: 1 };
  let frame = 0;

  function make(mark: Mark): Drawn {
    const group = document.createElementNS(svgSpace, 'g');
    const [under, path] = [0, 1].map(() => document.createElementNS(svgSpace, 'path')) as [
      SVGPathElement,
      SVGPathElement,
    ];
    under.classList.add('mark-under');
    path.classList.add('mark-line');
    group.dataset.kind = mark.kind;
    group.dataset.mark = mark.id;
    const color = mark.by?.color ?? visitorColor;
    group.style.setProperty('--mark', color);
    group.append(under, path);
    svg.insertBefore(group, draft);
    let label: HTMLElement | null = null;
    if (mark.kind === 'callout') {
      label = document.createElement('div');
      label.className = 'mark-callout';
      label.style.setProperty('--mark', color);
      label.textContent = mark.text;
      label.dir = 'auto';
      labels.append(label);
    }
    return { mark, group, path, under, label, shown: '' };
  }

  function place(each: Drawn): void {
    const { mark } = each;
    const shown = page?.document();
    const node = mark.tab === tab && shown ? page?.nodeById(mark.node) : null;
    const isThere = node?.nodeType === 1 && node.isConnected;
    const box: Box | null = isThere && shown ? boxOnPage(node as Element, shown) : null;
    const [at] = box && mark.kind === 'callout' ? pointsIn(mark, box) : [];
    const look = box ? (at ? `${at.x} ${at.y}` : pathOf(mark, box)) : '';
    if (look === each.shown) return;
    each.shown = look;
    each.group.toggleAttribute('hidden', look === '');
    if (each.label) {
      each.label.hidden = !at;
      // In parts of the page, as the labels are not scaled with it.
      if (at) {
        each.label.style.left = `${(at.x / size.widthPx) * 100}%`;
        each.label.style.top = `${(at.y / size.heightPx) * 100}%`;
      }
      return;
    }
    each.path.setAttribute('d', look);
    each.under.setAttribute('d', look);
  }

  function draw(): void {
    frame = 0;
    for (const each of drawn.values()) place(each);
    if (drawn.size > 0) frame = requestAnimationFrame(draw);
  }

  function remove(id: string, each: Drawn): void {
    each.group.remove();
    each.label?.remove();
    drawn.delete(id);
  }

  return {
    show(nextPage, nextTab) {
      page = nextPage;
      tab = nextTab;
    },
    resize(next) {
      size = { widthPx: Math.max(1, next.widthPx), heightPx: Math.max(1, next.heightPx) };
      svg.setAttribute('viewBox', `0 0 ${size.widthPx} ${size.heightPx}`);
      for (const each of drawn.values()) each.shown = '?';
    },
    set(marks) {
      const ids = new Set(marks.map(({ id }) => id));
      for (const [id, each] of drawn) if (!ids.has(id)) remove(id, each);
      for (const mark of marks) {
        const known = drawn.get(mark.id);
        if (known) known.mark = mark;
        else drawn.set(mark.id, make(mark));
      }
      frame ||= requestAnimationFrame(draw);
    },
    preview(path, color) {
      draft.setAttribute('d', path ?? '');
      draft.style.setProperty('--mark', color);
    },
    close() {
      cancelAnimationFrame(frame);
      for (const [id, each] of drawn) remove(id, each);
      svg.remove();
      labels.remove();
    },
  };
}
