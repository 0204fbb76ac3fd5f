import { record } from '@rrweb/record';
import type { NodeRegister } from './privacy-filter.ts';
import type { NodeRecord, RecordedEvent } from './recorded-event.ts';

/** The page's nodes, one at a time. */
export interface NodeReading {
  /** A node's record without its children; null for what is not recorded. Gives the node its id. */
  read(node: Node, isInSheet: boolean): NodeRecord | null;
  /** Frames and sheets are told by themselves when they have loaded. */
  follow(node: Node): void;
  /** Tells the document's constructed sheets. */
  adopt(): void;
}

/** The only door to rrweb's recorder. Its own masks are set as strict as they go, and never relied on. */
export interface Recorder extends NodeRegister {
  /** Records the page from a full snapshot on; when it records already, takes a new one. */
  snapshot(): void;
  /** The page has another document: what was recorded is no longer there. Stops until the next snapshot. */
  reset(): void;
  /** Records as well, but leaves it to the caller to read the page as it is. Null while the page still loads. */
  read(): NodeReading | null;
  close(): void;
}

export interface RecorderParts {
  /** Never throws: it is called inside the page's own calls. */
  onEvent(event: RecordedEvent): void;
  onError(): void;
  /** Selector of what is not recorded at all. */
  blockSelector(): string;
  /** A field's value as it may be shown; rrweb compares values to find out whether one changed. */
  shownValue(field: HTMLElement): string;
  /** Runs all that the recorder does in the page. */
  run?<T>(work: () => T): T;
}

/** What `lean-recorder.ts` adds to rrweb's recorder. */
const own: typeof record & {
  reading?: ((reading: NodeReading) => void) | undefined;
  run?: RecorderParts['run'] | undefined;
} = record;

export function createRecorder(parts: RecorderParts): Recorder {
  let stop: (() => void) | undefined;
  let isClosed = false;

  function start(): void {
    own.run = parts.run;
    stop = record<RecordedEvent>({
      emit: (event) => {
        if (!isClosed) parts.onEvent(event);
      },
      errorHandler: () => {
        if (!isClosed) parts.onError();
        return true;
      },
      recordAfter: 'DOMContentLoaded',
      blockSelector: parts.blockSelector(),
      maskAllInputs: true,
      maskInputFn: (_, field) => parts.shownValue(field),
      inlineStylesheet: true,
      slimDOMOptions: 'all',
      sampling: { mousemove: 50, mousemoveCallback: 100, scroll: 80 },
      recordCanvas: false,
      collectFonts: false,
      inlineImages: false,
      recordCrossOriginIframes: false,
    });
  }

  function snapshot(): void {
    if (isClosed) return;
    if (stop) record.takeFullSnapshot(true);
    else start();
  }

  function reset(): void {
    stop?.();
    stop = undefined;
  }

  return {
    snapshot,
    read() {
      if (document.readyState === 'loading') return null;
      let found: NodeReading | null = null;
      own.reading = (reading) => {
        found = reading;
      };
      try {
        snapshot();
      } finally {
        own.reading = undefined;
      }
      return found;
    },
    nodeOf: (id) => record.mirror.getNode(id),
    idOf: (node) => record.mirror.getId(node),
    reset,
    close() {
      isClosed = true;
      reset();
    },
  };
}
