import { assetUrl } from '../../shared/model/cobrowse-assets.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import { createPreviewFrame } from './consent-preview-frame.ts';
import type { PageRecording } from './page-recording.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** The page is looked at again at most this often: it is a preview, not a film. */
const renewEveryMs = 500;
/** Of the time that a look costs: on a page that takes long, the page comes first. */
const restFactor = 10;

export interface PreviewParts {
  /** The frame is put in here, as large as the page's window; the caller scales it. */
  place: HTMLElement;
  config: SiteConfig['privacy'];
  isOwn(node: Node): boolean;
  ownSelector: string;
  /** A picture is there, with so many parts in it that agents would not see. */
  onShown(hiddenParts: number): void;
  /** There will be no picture: the page cannot be recorded. */
  onFailed(): void;
}

/**
 * What an agent would see of this page, made by the recorder and the filter that make the stream, and shown to the
 * visitor alone: nothing of it leaves the browser.
 */
export function createPreview(parts: PreviewParts): { close(): void } {
  let recording: PageRecording | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastLookMs = 0;
  let costMs = 0;
  let isClosed = false;
  /** What a name in the events stands for, as far as an agent would get it. */
  const urls = new Map<string, string>();

  const frame = createPreviewFrame({ place: parts.place, onReady: begin });

  function begin(): void {
    import('./page-recording.ts').then(({ createPageRecording }) => {
      if (isClosed) return;
      recording = createPageRecording({
        config: parts.config,
        isOwn: parts.isOwn,
        ownSelector: parts.ownSelector,
        onEvent: guarded(onEvent),
        onError: fail,
        onStyle: guarded((link: HTMLLinkElement, css: string) => {
          for (const event of recording?.filter.styleLoaded(link, css) ?? []) show(event);
        }),
        bind({ ref, id }) {
          if (id !== null) frame.setAsset(assetUrl(ref), urls.get(assetUrl(ref)) ?? '');
        },
        // Read as for an agent, and kept here: only what can be read is shown.
        send: () => true,
        onNamed: (name, url) => urls.set(name, new URL(url, document.baseURI).href),
      });
      recording.assets.onHeld([]);
      look();
    }, fail);
  }

  /** Nothing of ours may throw into the page. */
  function guarded<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (isClosed) return;
      try {
        run(...args);
      } catch {
        fail();
      }
    };
  }

  function fail(): void {
    if (isClosed) return;
    close();
    parts.onFailed();
  }

  const look = guarded(() => {
    timer = undefined;
    if (!recording) return;
    lastLookMs = performance.now();
    recording.assets.startEpoch();
    recording.filter.startEpoch();
    recording.recorder.snapshot();
    recording.styles.readUnreadable();
    const { recorder, filter } = recording;
    frame.dot((id) => filter.inside.fields.isUnreadable(recorder.nodeOf(id) as HTMLInputElement));
    costMs = performance.now() - lastLookMs;
    // What the snapshot itself tells of is in it.
    clearTimeout(timer);
    timer = undefined;
  });

  function lookSoon(): void {
    if (timer !== undefined) return;
    const waitMs = Math.max(renewEveryMs, costMs * restFactor);
    timer = setTimeout(look, Math.max(0, lastLookMs + waitMs - performance.now()));
  }

  function onEvent(event: RecordedEvent): void {
    if (event.type === 3 && !belongsToSnapshot(event)) {
      const { source } = event.data;
      // Where the pointer is and what it does changes nothing that an agent reads.
      if (![1, 2, 6, 12].includes(source)) lookSoon();
      return;
    }
    for (const clean of recording?.filter.pass(event) ?? []) show(clean);
  }

  function show(event: RecordedEvent): void {
    if (event.type === 2) parts.onShown(frame.build(event.data.node, event.data.initialOffset));
    else if (event.type === 3) frame.add(event.data);
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(timer);
    recording?.recorder.close();
    recording?.assets.close();
    recording?.styles.close();
    frame.close();
  }

  return { close };
}

/** Frames and adopted style sheets come right after the snapshot that they are a part of. */
function belongsToSnapshot(event: RecordedEvent & { type: 3 }): boolean {
  return event.data.source === 15 || (event.data.source === 0 && event.data.isAttachIframe === true);
}
