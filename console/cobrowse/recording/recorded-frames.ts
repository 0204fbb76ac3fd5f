import type { RecordHead, StreamRecord } from '../../../shared/model/recording.ts';

/** Silence from here on is idle: it is paler in the timeline, and can be skipped. */
export const idleMs = 5_000;

export interface Mark {
  kind: 'page' | 'action';
  atMs: number;
  words: string;
  /** Of a page. */
  url: string;
}

/** A stretch in which nothing happened, or the visitor was away. */
export interface Gap {
  kind: 'idle' | 'away';
  fromMs: number;
  toMs: number;
}

export interface Outline {
  marks: Mark[];
  gaps: Gap[];
}

/** Something that the agent would see: all but images, which arrive whenever they arrive. */
const isSeen = ({ type }: RecordHead) => type !== 'asset';

/** What stands in the timeline. */
export function outlineOf(records: readonly StreamRecord[], durationMs: number): Outline {
  const marks: Mark[] = [];
  const gaps: Gap[] = [];
  let page = '';
  let lastMs = 0;
  let awaySinceMs: number | null = null;
  const rest = (toMs: number) => {
    if (awaySinceMs === null && toMs - lastMs >= idleMs) gaps.push({ kind: 'idle', fromMs: lastMs, toMs });
  };
  for (const [index, { head }] of records.entries()) {
    if (!isSeen(head)) continue;
    rest(head.atMs);
    lastMs = head.atMs;
    if (head.type === 'action') {
      marks.push({ kind: 'action', atMs: head.atMs, words: `${head.agentName} ${head.words}`, url: '' });
    } else if (head.type === 'shown') {
      if (head.url !== '' && head.url !== page) {
        const atMs = pictureMs(records, index) ?? head.atMs;
        marks.push({ kind: 'page', atMs, words: head.title, url: head.url });
        page = head.url;
      }
      if (!head.online) awaySinceMs ??= head.atMs;
      else if (awaySinceMs !== null) {
        gaps.push({ kind: 'away', fromMs: awaySinceMs, toMs: head.atMs });
        awaySinceMs = null;
      }
    }
  }
  if (awaySinceMs !== null) gaps.push({ kind: 'away', fromMs: awaySinceMs, toMs: durationMs });
  else rest(durationMs);
  return { marks, gaps };
}

/** A page says its name when it begins to load; its picture comes within this. */
const loadsWithinMs = 5_000;

/** When the first picture of the epoch that begins after this record is there; null when none begins soon. */
function pictureMs(records: readonly StreamRecord[], from: number): number | null {
  const at = records[from]?.head;
  if (at?.type !== 'shown') return null;
  let epoch: number | null = null;
  for (let index = from + 1; index < records.length; index += 1) {
    const head = records[index]?.head;
    if (!head || head.atMs - at.atMs > loadsWithinMs) return null;
    if (head.type === 'epoch' && head.tab === at.tab) epoch = head.epoch;
    const isWhole = head.type === 'batch' && head.epoch === epoch && head.part === head.parts - 1;
    if (isWhole && head.tab === at.tab) return head.atMs;
  }
  return null;
}

/** Where the next thing is seen at or after this record; null at the end. */
export function nextSeenMs(records: readonly StreamRecord[], from: number): number | null {
  for (let index = from; index < records.length; index += 1) {
    const head = records[index]?.head;
    if (head && isSeen(head)) return head.atMs;
  }
  return null;
}

/** First record after this time. */
export function indexAfter(records: readonly StreamRecord[], atMs: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.head.atMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The picture before record `end`: which tab is shown, and the records of its epoch so far. */
export function pictureAt(
  records: readonly StreamRecord[],
  end: number,
): { tab: string | null; frames: StreamRecord[] } {
  let tab: string | null = null;
  for (let index = end - 1; index >= 0; index -= 1) {
    const head = records[index]?.head;
    if (head?.type === 'shown') {
      tab = head.tab;
      break;
    }
  }
  if (tab === null) return { tab, frames: [] };
  return { tab, frames: epochOf(records, tab, end) };
}

/** The newest epoch of a tab before record `end`, from its start. */
export function epochOf(records: readonly StreamRecord[], tab: string, end: number): StreamRecord[] {
  for (let start = end - 1; start >= 0; start -= 1) {
    const head = records[start]?.head;
    if (head?.type !== 'epoch' || head.tab !== tab) continue;
    const { epoch } = head;
    return records.slice(start, end).filter((record, index) => {
      const own = record.head;
      return index === 0 || (own.type === 'batch' && own.tab === tab && own.epoch === epoch);
    });
  }
  return [];
}
