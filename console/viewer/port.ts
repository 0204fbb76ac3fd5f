import * as v from 'valibot';
import { type Mark, type MarkDraft, markKinds, markSchema } from '../../shared/model/annotation.ts';
import { type Verb, verbSchema } from '../../shared/model/control.ts';
import type { AssetPart, BatchPart, EpochStart, Pointer } from '../../shared/protocol.ts';
import type { Device, Zoom } from './page-scale.ts';

export type { Device, Zoom } from './page-scale.ts';

/**
 * What the console and the isolated viewer say to each other. The console posts {@link hello} with a MessagePort to the
 * viewer's window, once, addressed to the viewer's origin; from then on everything goes through that port. The viewer
 * can ask and tell, it can never act: the console checks what it says and passes on only pointers and wishes.
 */
export const hello = 'rapport-viewer';

export interface Hello {
  type: typeof hello;
}

/** Why a stream cannot be shown further; a new epoch heals all of them. */
export type StreamFault =
  | 'part_out_of_order'
  | 'batch_out_of_order'
  | 'too_large'
  | 'not_deflate'
  | 'cut_off'
  | 'trailing_bytes'
  | 'not_json'
  | 'too_deep'
  | 'malformed_events'
  | 'replay_failed';

/** What the agent's hand does on the page: nothing, act, or draw. */
export const tools = ['look', 'control', ...markKinds] as const;
export type Tool = (typeof tools)[number];

export interface ViewSettings {
  zoom: Zoom;
  device: Device;
  /** The laser pointer is on. */
  pointing: boolean;
  tool: Tool;
  theme: 'light' | 'dark';
  /** Colour of this agent's dot, `#rrggbb`. */
  color: string;
}

export type ToViewer =
  /** A new epoch, or the same one from its start again: forget the one before. */
  | { type: 'epoch'; start: EpochStart }
  | { type: 'batch'; header: BatchPart; bytes: Uint8Array; arrivedAtMs: number }
  | { type: 'asset'; header: AssetPart; bytes: Uint8Array }
  | { type: 'view'; settings: ViewSettings }
  /** All that is drawn over the pages of the session. */
  | { type: 'marks'; marks: Mark[] }
  /** Show a moment of the last minute; null: live again. On this machine's clock. */
  | { type: 'rewind'; atMs: number | null }
  /** The session is over, or no tab is shown: nothing of the page stays. */
  | { type: 'clear' };

export type FromViewer =
  | { type: 'ready' }
  /** A batch is on the screen. `delayMs`: since it arrived at the console. */
  | { type: 'shown'; tab: string; epoch: number; batch: number; delayMs: number }
  | { type: 'sized'; widthPx: number; heightPx: number; scale: number }
  /** The viewer was hidden and has dropped its place. */
  | { type: 'wanted'; tab: string }
  /** The stream cannot be shown; the viewer waits for the next `epoch`. */
  | { type: 'failed'; tab: string; epoch: number; fault: StreamFault; detail: string }
  | { type: 'pointer'; pointer: Pointer | null }
  /** The agent acts on the page that is shown. */
  | { type: 'verb'; tab: string; verb: Verb }
  | { type: 'drawn'; mark: Omit<MarkDraft, 'id'> }
  /** The earliest moment that can be shown again; null: none. */
  | { type: 'reach'; earliestMs: number | null }
  /** The agent wants the keyboard back. */
  | { type: 'left' };

const faults: Record<StreamFault, true> = {
  part_out_of_order: true,
  batch_out_of_order: true,
  too_large: true,
  not_deflate: true,
  cut_off: true,
  trailing_bytes: true,
  not_json: true,
  too_deep: true,
  malformed_events: true,
  replay_failed: true,
};

type Unknown = Record<string, unknown>;

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): value is number => Number.isInteger(value) && isNumber(value) && value >= 0;
const isTab = (value: unknown): value is string => typeof value === 'string' && value.length <= 40;

function readPointer(value: unknown): Pointer | null {
  if (!isObject(value)) return null;
  const { tab, epoch, node, x, y } = value;
  if (!isTab(tab) || !isCount(epoch) || !isCount(node) || !isNumber(x) || !isNumber(y)) return null;
  return { tab, epoch, node, x, y };
}

function readMark(value: unknown): Omit<MarkDraft, 'id'> | null {
  const read = v.safeParse(markSchema, isObject(value) ? { ...value, id: 'x'.repeat(22) } : value);
  if (!read.success) return null;
  const { id, ...mark } = read.output;
  return mark;
}

/** Reads what the viewer says. The viewer shows hostile pages, so the console believes no more than this. */
export function readFromViewer(value: unknown): FromViewer | null {
  if (!isObject(value)) return null;
  const { tab, epoch, batch, delayMs } = value;
  switch (value.type) {
    case 'ready':
      return { type: 'ready' };
    case 'shown':
      if (!isTab(tab) || !isCount(epoch) || !isCount(batch) || !isNumber(delayMs)) return null;
      return { type: 'shown', tab, epoch, batch, delayMs };
    case 'sized': {
      const { widthPx, heightPx, scale } = value;
      if (!isNumber(widthPx) || !isNumber(heightPx) || !isNumber(scale)) return null;
      return { type: 'sized', widthPx, heightPx, scale };
    }
    case 'reach':
      if (value.earliestMs === null) return { type: 'reach', earliestMs: null };
      return isNumber(value.earliestMs) ? { type: 'reach', earliestMs: value.earliestMs } : null;
    case 'wanted':
      return isTab(tab) ? { type: 'wanted', tab } : null;
    case 'failed': {
      const fault = Object.keys(faults).find((name): name is StreamFault => name === value.fault);
      if (!isTab(tab) || !isCount(epoch) || !fault) return null;
      return { type: 'failed', tab, epoch, fault, detail: String(value.detail).slice(0, 200) };
    }
    case 'pointer':
      return { type: 'pointer', pointer: value.pointer === null ? null : readPointer(value.pointer) };
    case 'verb': {
      const verb = v.safeParse(verbSchema, value.verb);
      return verb.success && isTab(tab) ? { type: 'verb', tab, verb: verb.output } : null;
    }
    case 'drawn': {
      const mark = readMark(value.mark);
      return mark && { type: 'drawn', mark };
    }
    case 'left':
      return { type: 'left' };
    default:
      return null;
  }
}
