import type { PageMark, PageState } from '../../../shared/model/cobrowse-states.ts';
import { canvasContent } from '../canvas-content.ts';
import { playAnimations } from './animation-player.ts';
import { fieldSelection } from './field-selection.ts';

/** Puts told states into the replayed page, and again where a node was built anew. */

export interface StatePage {
  nodeById(id: number): Node | null;
  document(): Document | null;
  /** Shows as under the pointer. */
  hover(node: Node | null): void;
}

export interface StatePlayer {
  apply(state: PageState): void;
  /** Nodes were added or changed: what was moved is another node with the same id. */
  renew(): void;
  close(): void;
}

type Undo = () => void;
type OneState = Extract<
  PageState,
  { kind: 'chosen' | 'closed' | 'files' | 'animations' | 'field-selection' | 'picture' | 'svg-time' }
>;
type View = Window & typeof globalThis;

const highlight = 'rapport-selection';
const nothing: Undo = () => {};

/** What puts one element into a state; what takes it out again. */
function mark(element: HTMLElement, name: PageMark): Undo {
  switch (name) {
    case 'popover-open': {
      if (!element.isConnected || !element.hasAttribute('popover')) return () => {};
      if (!element.matches(':popover-open')) element.showPopover();
      return () => {
        if (element.isConnected && element.matches(':popover-open')) element.hidePopover();
      };
    }
    case 'indeterminate': {
      const input = element as HTMLInputElement;
      input.indeterminate = true;
      return () => {
        input.indeterminate = false;
      };
    }
    case 'sheet-disabled': {
      const { sheet } = element as HTMLStyleElement;
      if (sheet) sheet.disabled = true;
      return () => {
        if (sheet) sheet.disabled = false;
      };
    }
    case 'unreadable-value': {
      const input = element as HTMLInputElement;
      const { type, offsetWidth, offsetHeight } = input;
      const before = input.getAttribute('style');
      input.type = 'text';
      input.value = '••••••••';
      // As large as the control whose place it takes.
      if (offsetWidth > 0)
        input.style.cssText += `;box-sizing:border-box;width:${offsetWidth}px;height:${offsetHeight}px`;
      return () => {
        input.value = '';
        input.type = type;
        if (before === null) input.removeAttribute('style');
        else input.setAttribute('style', before);
      };
    }
    default: {
      const attribute = `data-rapport-${name}`;
      element.setAttribute(attribute, '');
      return () => element.removeAttribute(attribute);
    }
  }
}

export function createStatePlayer(page: StatePage): StatePlayer {
  /** The last state of each thing. */
  const states = new Map<string, PageState>();
  /** What was done, by thing and node. */
  const done = new Map<string, Map<number, { node: Node; undo: Undo }>>();
  let schemeSheet: HTMLStyleElement | null = null;

  const keyOf = (state: PageState) =>
    'mark' in state
      ? `mark ${state.mark}`
      : 'id' in state && /^(?:chosen|closed|files|anim|svg|pict)/.test(state.kind)
        ? `${state.kind} ${state.id}`
        : state.kind;
  const elementById = (id: number) => {
    const node = page.nodeById(id);
    return node?.nodeType === 1 ? (node as HTMLElement) : null;
  };

  /** Does it to each element, once, and takes it back from those that are no longer meant. */
  function each(key: string, ids: number[], run: (element: HTMLElement) => Undo, always = false): void {
    const before = done.get(key) ?? new Map<number, { node: Node; undo: Undo }>();
    const now: typeof before = new Map();
    const wanted = new Set(ids);
    for (const [id, { undo, node }] of before) {
      if (!wanted.has(id) || always || page.nodeById(id) !== node) undo();
    }
    for (const id of wanted) {
      const node = elementById(id);
      const earlier = before.get(id);
      if (node && earlier?.node === node && !always) now.set(id, earlier);
      else if (node) now.set(id, { node, undo: run(node) });
    }
    done.set(key, now);
  }

  function show(state: PageState, isNew: boolean): void {
    const key = keyOf(state);
    switch (state.kind) {
      case 'hover':
        if (isNew) page.hover(state.id === null ? null : elementById(state.id));
        break;
      case 'selection':
        showSelection(state.ranges);
        break;
      case 'schemes':
        showSchemes(state.schemes);
        break;
      case 'mark':
        each(key, state.ids, (element) => mark(element, state.mark));
        break;
      case 'font':
        break;
      default:
        each(key, state.id === null ? [] : [state.id], (element) => put(element, state), isNew);
    }
  }

  /** A state of one element that is told whole. */
  function put(element: HTMLElement, state: OneState): Undo {
    switch (state.kind) {
      case 'chosen': {
        const chosen = new Set(state.options.map((id) => page.nodeById(id)));
        for (const option of (element as HTMLSelectElement).options ?? [])
          option.selected = chosen.has(option);
        return nothing;
      }
      case 'closed':
        return showClosed(element, state);
      case 'files':
        return chooseFiles(element as HTMLInputElement, state.names);
      case 'animations':
        return playAnimations(element, state.animations);
      case 'field-selection':
        return fieldSelection(element, state);
      case 'picture':
        showPicture(element, state.url);
        return nothing;
      case 'svg-time':
        setSvgTime(element, state);
        return nothing;
    }
  }

  function showSelection(ranges: Extract<PageState, { kind: 'selection' }>['ranges']): void {
    const view = page.document()?.defaultView as View | null | undefined;
    if (!view?.CSS?.highlights) return;
    const found = ranges.flatMap(({ start, end }) => {
      const [first, last] = [page.nodeById(start.id), page.nodeById(end.id)];
      if (first?.nodeType !== 3 || last?.nodeType !== 3) return [];
      const range = view.document.createRange();
      range.setStart(first, Math.min(start.at, (first as Text).length));
      range.setEnd(last, Math.min(end.at, (last as Text).length));
      return [range];
    });
    view.CSS.highlights.set(highlight, new view.Highlight(...found));
  }

  function showSchemes(schemes: string): void {
    const root = page.document();
    if (!root?.documentElement) return;
    schemeSheet ??= root.createElement('style');
    if (!schemeSheet.isConnected) root.documentElement.append(schemeSheet);
    schemeSheet.textContent = `:where(:root){color-scheme:${schemes}}`;
  }

  return {
    apply(state) {
      states.set(keyOf(state), state);
      show(state, true);
    },
    renew() {
      for (const state of states.values())
        if (state.kind !== 'selection' && state.kind !== 'schemes') show(state, false);
    },
    close() {
      states.clear();
      done.clear();
    },
  };
}

/** A file without content, by its name alone. */
function chooseFiles(input: HTMLInputElement, names: string[]): Undo {
  const view = input.ownerDocument.defaultView as View | null;
  if (input.type !== 'file' || !view) return () => {};
  const choose = (chosen: string[]) => {
    const transfer = new view.DataTransfer();
    for (const name of chosen) transfer.items.add(new view.File([], name));
    input.files = transfer.files;
  };
  choose(names);
  return () => choose([]);
}

/** Says that there is something, and no more. */
function showClosed(
  element: HTMLElement,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Undo {
  element.setAttribute('data-rapport-blocked', 'closed');
  element.style.width = `${widthPx}px`;
  element.style.height = `${heightPx}px`;
  if (element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline')
    element.style.display = 'inline-block';
  return () => {
    element.removeAttribute('data-rapport-blocked');
    for (const name of ['width', 'height', 'display']) element.style.removeProperty(name);
  };
}

function setSvgTime(
  element: HTMLElement,
  { seconds, isPaused }: { seconds: number; isPaused: boolean },
): void {
  const drawing = element as unknown as SVGSVGElement;
  if (!('setCurrentTime' in drawing)) return;
  drawing.setCurrentTime(seconds);
  if (isPaused) drawing.pauseAnimations();
  else drawing.unpauseAnimations();
}

function showPicture(element: HTMLElement, url: string): void {
  if (element.localName === 'video') element.setAttribute('poster', url);
  if (element.localName !== 'canvas') return;
  const side = (name: string, otherwise: number) => {
    const px = Number.parseInt(element.getAttribute(name) ?? '', 10);
    return px >= 0 ? px : otherwise;
  };
  const content = canvasContent(side('width', 300), side('height', 150), url);
  element.style.setProperty('content', content, 'important');
}
