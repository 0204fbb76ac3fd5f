import { record } from '@rrweb/record';
import type { NodeRegister } from './privacy-filter.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** The only door to rrweb's recorder. Its own masks are set as strict as they go, and never relied on. */
export interface Recorder extends NodeRegister {
  /** Records the page from a full snapshot on; when it records already, takes a new one. */
  snapshot(): void;
  /** The page has another document: what was recorded is no longer there. */
  reset(): void;
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
}

export function createRecorder(parts: RecorderParts): Recorder {
  let stop: (() => void) | undefined;
  let isClosed = false;

  function start(): void {
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

  function reset(): void {
    stop?.();
    stop = undefined;
  }

  return {
    snapshot() {
      if (isClosed) return;
      if (stop) record.takeFullSnapshot(true);
      else start();
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
