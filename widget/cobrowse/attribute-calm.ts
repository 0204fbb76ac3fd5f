import type { Attributes, RecordedEvent } from './recorded-event.ts';
import { mutation } from './recorded-event.ts';

/**
 * Storms of attribute changes made calm: an element's first change passes at once, those that follow are kept, the later
 * over the earlier, until they are taken.
 */
export interface AttributeCalm {
  /** What of a change may pass now. */
  pass(event: RecordedEvent): RecordedEvent | null;
  /** What was kept, as one change. */
  take(timestamp: number): RecordedEvent | null;
  clear(): void;
}

export function createAttributeCalm(): AttributeCalm {
  const kept = new Map<number, Attributes>();
  let passed = new Set<number>();

  return {
    pass(event) {
      if (event.type !== 3 || event.data.source !== 0) return event;
      const { data } = event;
      const attributes = data.attributes.flatMap((change) => {
        const { id } = change;
        const before = kept.get(id);
        if (!before && !passed.has(id)) {
          passed.add(id);
          return [change];
        }
        const both = merged(before ?? {}, change.attributes);
        if (both) {
          kept.set(id, both);
          return [];
        }
        kept.delete(id);
        return before ? [{ id, attributes: before }, change] : [change];
      });
      for (const { id } of data.removes) kept.delete(id);
      const { adds, removes, texts } = data;
      if (attributes.length + adds.length + removes.length + texts.length === 0) return null;
      return { ...event, data: { ...data, attributes } };
    },
    take(timestamp) {
      passed = new Set();
      if (kept.size === 0) return null;
      const attributes = [...kept].map(([id, changed]) => ({ id, attributes: changed }));
      kept.clear();
      return { type: 3, timestamp, data: mutation({ attributes }) };
    },
    clear() {
      kept.clear();
      passed = new Set();
    },
  };
}

/** Later over earlier; null when the later one is a difference to a whole style. */
function merged(before: Attributes, after: Attributes): Attributes | null {
  const both = { ...before, ...after };
  const [old, diff] = [before.style, after.style];
  if (typeof diff === 'object' && diff !== null && old !== undefined) {
    if (typeof old !== 'object' || old === null) return null;
    both.style = { ...old, ...diff };
  }
  return both;
}
