import type { IncrementalData } from '../recorded-event.ts';

/** Reads one kind of state. Never keeps the page from anything: no property is replaced, no event stopped. */
export interface StateReader {
  /** Tells what has changed. */
  look(): void;
  onEvent?(event: Event): void;
  onRecorded?(data: IncrementalData): void;
  startEpoch?(): void;
  close?(): void;
}
