import type { AssetBinding } from '../../shared/model/cobrowse-assets.ts';
import { isPrivatePiece } from '../../shared/model/page-address.ts';
import type { SiteConfig } from '../../shared/model/site.ts';
import { shownUrl } from '../page/shown-url.ts';
import { type AssetCollector, createAssetCollector } from './asset-collector.ts';
import { createPrivacyFilter, type PrivacyFilter } from './privacy-filter.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { isReadable } from './sheet-access.ts';
import type { StyleReader } from './style-reader.ts';

/**
 * Recorder and privacy filter of this page, put together in one place: what the preview shows before consent and what
 * is sent after it go through the same filter. rrweb records for one at a time.
 */
export interface PageRecording {
  recorder: Recorder;
  filter: PrivacyFilter;
  assets: AssetCollector;
  styles: StyleReader;
}

export interface PageRecordingParts {
  config: SiteConfig['privacy'];
  /** Our own elements in the page. */
  isOwn(node: Node): boolean;
  ownSelector: string;
  /** As the recorder tells it: the filter has not seen it. */
  onEvent(event: RecordedEvent): void;
  onError(): void;
  onStyle(link: HTMLLinkElement, css: string): void;
  /** Runs all that the recorder does in the page. */
  run?<T>(work: () => T): T;
  bind(binding: AssetBinding): void;
  send(asset: { id: string; mime: string }, bytes: Uint8Array<ArrayBuffer>): boolean;
  /** What a name that stands in the events stands for; for who shows them in this very browser. */
  onNamed?(name: string, url: string): void;
}

export function createPageRecording(parts: PageRecordingParts): PageRecording {
  const { config } = parts;
  const recorder = createRecorder({
    onEvent: parts.onEvent,
    onError: parts.onError,
    ...(parts.run && { run: parts.run }),
    blockSelector: () => ['[data-rapport-block]', parts.ownSelector].join(','),
    shownValue: (field) => filter.shownValue(field),
  });
  const assets = createAssetCollector({
    baseUrl: () => document.baseURI,
    bind: parts.bind,
    send: parts.send,
  });
  const filter = createPrivacyFilter({
    document,
    nodes: recorder,
    config,
    path: () => location.pathname,
    address: (url) => shownUrl(url, config.shownQueryParams, { isPrivatePiece }),
    asset(url, options) {
      const name = assets.name(url, options);
      parts.onNamed?.(name, url);
      return name;
    },
    isOwn: parts.isOwn,
  });
  let reader: StyleReader | null = null;
  let isClosed = false;
  /** Fetched for pages only that have sheets which their scripts may not look into. */
  const styles: StyleReader = {
    readUnreadable() {
      if (reader) reader.readUnreadable();
      else if ([...document.styleSheets].some((sheet) => !isReadable(sheet)))
        import('./style-reader.ts').then(
          ({ createStyleReader }) => {
            if (isClosed) return;
            reader ??= createStyleReader({ onStyle: parts.onStyle });
            reader.readUnreadable();
          },
          // Without it such a sheet is missing, as where its host does not let it be read.
          () => undefined,
        );
    },
    close() {
      isClosed = true;
      reader?.close();
    },
  };
  return { recorder, filter, assets, styles };
}
