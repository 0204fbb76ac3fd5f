import { type PageState, stateTag } from '../../../shared/model/cobrowse-states.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { NodeRecord, RecordedEvent } from '../recorded-event.ts';
import { createAnimationReader } from './animation-reader.ts';
import { createClosedReader } from './closed-reader.ts';
import { createFieldReader } from './field-reader.ts';
import { followFonts } from './font-follower.ts';
import { createMarkReader } from './mark-reader.ts';
import { createPageRoots, type PageRoot } from './page-roots.ts';
import { createPictureReader } from './picture-reader.ts';
import { createSelectionReader } from './selection-reader.ts';
import { createSheetReader } from './sheet-reader.ts';

/** Looks at the page for what rrweb does not record, and tells it through the same privacy filter. */
export interface PageStates {
  /** The mirror knows nothing yet. */
  startEpoch(): void;
  /** What was recorded, before the filter. */
  see(event: RecordedEvent): void;
  close(): void;
}

export interface PageStatesParts {
  nodes: NodeRegister;
  inside: FilterInside;
  /** Into the stream, as it is. */
  push(...events: RecordedEvent[]): void;
  /** Into the stream, through the filter. */
  pass(event: RecordedEvent): void;
  onStyle(element: Element, css: string): void;
  /** Runs what takes the page's time. */
  run<T>(work: () => T): T;
  /** Whether canvases and moving pictures are shown now. */
  showsPictures(): boolean;
  /** Only a new epoch shows what has changed; `isNewDocument`: the recorder has lost its page. */
  restart(isNewDocument: boolean): void;
}

/** Remembers what was told of each thing and tells only what is new. */
export type Tell = (key: string, state: PageState, sameAs?: string) => void;

/** After something has happened: soon enough to look immediate, late enough to take in what belongs together. */
const soonMs = 50;
/** Without any event: an animation that a script pauses, a property that a script sets. */
const everyMs = 700;
/** Looking may take this share of the time of a page's main thread. */
const costShare = 1 / 25;

const eventTypes =
  'toggle change input reset focusin focusout pointerdown pointerup click keyup scroll load close selectionchange ' +
  'animationstart animationend animationcancel fullscreenchange';

export function createPageStates(parts: PageStatesParts): PageStates {
  const { nodes, inside } = parts;
  const listening = new AbortController();
  let told = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let costMs = 0;
  let isClosed = false;

  const tell: Tell = (key, state, sameAs = JSON.stringify(state)) => {
    if (told.get(key) === sameAs) return;
    told.set(key, sameAs);
    parts.push({ type: 5, timestamp: Date.now(), data: { tag: stateTag, payload: state } });
  };
  const isTold = (key: string) => told.has(key);

  const roots = createPageRoots((root) => listenTo(root));
  const pictures = createPictureReader({ nodes, inside, roots, tell, isTold });
  const readers = [
    createSheetReader({ ...parts, roots, tell }),
    createMarkReader({ nodes, inside, roots, tell, isTold }),
    createFieldReader({ nodes, inside, roots, tell, pass: parts.pass }),
    createAnimationReader({ nodes, inside, roots, tell, isTold }),
    createSelectionReader({ nodes, inside, tell, isTold }),
    createClosedReader({ nodes, inside, roots, tell }),
    pictures,
  ];
  const fonts = followFonts(inside, tell);

  function listenTo(root: PageRoot): void {
    for (const type of eventTypes.split(' ')) {
      root.addEventListener(
        type,
        (event) => {
          if (isClosed) return;
          for (const reader of readers) reader.onEvent?.(event);
          schedule();
        },
        { capture: true, passive: true, signal: listening.signal },
      );
    }
  }

  function schedule(afterMs = soonMs): void {
    timer ??= setTimeout(() => parts.run(look), Math.max(afterMs, costMs / costShare));
  }

  function look(): void {
    timer = undefined;
    if (isClosed) return;
    const startMs = performance.now();
    try {
      if (nodes.idOf(document) > 0 && nodes.idOf(document.documentElement) < 0) parts.restart(true);
      else if (document.visibilityState === 'visible') {
        inside.beginTurn();
        roots.prune();
        for (const reader of readers) if (reader !== pictures || parts.showsPictures()) reader.look();
        fonts.tellAgain();
      }
    } catch {
      // A page may make anything throw, such as a getter of its own; what cannot be read is not told.
    }
    costMs = performance.now() - startMs;
  }
  const beat = setInterval(() => schedule(), everyMs);
  schedule(0);

  function visit(record: NodeRecord): void {
    const node = nodes.nodeOf(record.id);
    if (record.type === 0 && node?.nodeType === 9) roots.find(node as Document);
    else if (node?.nodeType === 1) roots.find(node as Element);
  }

  return {
    startEpoch() {
      told = new Map();
      for (const reader of readers) reader.startEpoch?.();
      roots.startOver();
      schedule(0);
    },
    see(event) {
      if (isClosed || event.type !== 3) return;
      const { data } = event;
      if (data.source === 0) {
        for (const { node, parentId } of data.adds) {
          visit(node);
          const parent = node.isShadow ? nodes.nodeOf(parentId) : null;
          if (parent?.nodeType === 1) roots.find(parent as Element);
        }
      }
      for (const reader of readers) reader.onRecorded?.(data);
      schedule();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(beat);
      listening.abort();
      fonts.close();
      for (const reader of readers) reader.close?.();
    },
  };
}
