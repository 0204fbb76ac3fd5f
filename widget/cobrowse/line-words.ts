import { type Fidelity, rateWords } from '../../shared/model/fidelity.ts';

export interface Line {
  bytesPerSecond: number;
  /** To the server and back; null until it is measured. */
  roundTripMs: number | null;
  fidelity: Fidelity;
}

/** `45 ms · 3.2 kB/s · simplified, so that this page stays fast` */
export const lineWords = ({ roundTripMs, bytesPerSecond, fidelity }: Line) =>
  [
    roundTripMs === null ? '' : `${roundTripMs} ms`,
    rateWords(bytesPerSecond),
    fidelity === 'full' ? '' : 'simplified, so that this page stays fast',
  ]
    .filter(Boolean)
    .join(' · ');
