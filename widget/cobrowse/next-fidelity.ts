import { type Fidelity, fidelitySteps } from '../../shared/model/fidelity.ts';
import type { Work } from './work-meter.ts';

export interface FidelityState {
  fidelity: Fidelity;
  /** Looks in a row that were calm. */
  calm: number;
  /** Calm looks before more is followed again; grows when that was too early. */
  patience: number;
}

/** Between two looks at the work done. */
export const lookEveryMs = 2_000;
/** Of one core. */
const mostShare = 0.05;
/** A longer task is felt as a hitch. */
const longestTaskMs = 50;
/** Well below the limits, or the next step up would go over them at once. */
const calmPart = 0.5;
const firstPatience = 5;
const mostPatience = 60;

export const fullFidelity: FidelityState = { fidelity: 'full', calm: 0, patience: firstPatience };

/** What is followed from now on, after a look at what following has cost. */
export function nextFidelity(
  state: FidelityState,
  { totalMs, longestMs }: Work,
  overMs: number,
): FidelityState {
  const step = fidelitySteps.indexOf(state.fidelity);
  const isWithin = (part: number) =>
    totalMs <= overMs * mostShare * part && longestMs <= longestTaskMs * part;
  if (!isWithin(1)) {
    const fidelity = fidelitySteps[step + 1] ?? state.fidelity;
    // Just raised, and too much at once: the next try has to wait for longer.
    const patience = state.calm < 0 ? Math.min(mostPatience, state.patience * 2) : state.patience;
    return { fidelity, calm: 0, patience };
  }
  if (step === 0) {
    const isLong = state.calm >= mostPatience;
    return {
      ...state,
      calm: Math.min(mostPatience, state.calm + 1),
      ...(isLong && { patience: firstPatience }),
    };
  }
  const calm = isWithin(calmPart) ? Math.max(0, state.calm) + 1 : 0;
  if (calm < state.patience) return { ...state, calm };
  // Below zero: raised, and not yet known to hold.
  return { fidelity: fidelitySteps[step - 1] ?? 'full', calm: -1, patience: state.patience };
}

/** With snapshots alone: the pause after one that took so long, so that they stay within the limit, too. */
export function snapshotPauseMs(tookMs: number): number {
  return Math.min(60_000, Math.max(5_000, tookMs / mostShare));
}
