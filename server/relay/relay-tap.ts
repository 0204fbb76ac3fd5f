import type { AgentCard } from '../../shared/model/agent.ts';
import type { AssetPart, BatchPart, EpochStart, TabState } from '../../shared/protocol.ts';

/** Somebody on the server who follows a session's stream as agents get it, and can neither stop nor change it. */
export interface RelayTap {
  tabs(facts: { tabs: TabState[]; shown: string | null; online: boolean }): void;
  viewers(cards: AgentCard[]): void;
  epoch(start: EpochStart): void;
  /** In order and without a hole since its epoch's start. */
  batch(header: BatchPart, bytes: Uint8Array): void;
  /** A part of an asset that has arrived whole. */
  asset(header: AssetPart, bytes: Uint8Array): void;
}

/** Several taps as one. */
export function joinTaps(...taps: Array<Partial<RelayTap>>): RelayTap {
  return {
    tabs: (facts) => taps.forEach((tap) => void tap.tabs?.(facts)),
    viewers: (cards) => taps.forEach((tap) => void tap.viewers?.(cards)),
    epoch: (start) => taps.forEach((tap) => void tap.epoch?.(start)),
    batch: (header, bytes) => taps.forEach((tap) => void tap.batch?.(header, bytes)),
    asset: (header, bytes) => taps.forEach((tap) => void tap.asset?.(header, bytes)),
  };
}
