export const periods = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: 'all', label: 'All time' },
] as const;
export type Period = (typeof periods)[number]['value'];

const dayMs = 24 * 60 * 60_000;

/** Answers count from this moment on; 0 for all. */
export function periodStartMs(period: Period, nowMs: number): number {
  return period === 'all' ? 0 : Math.max(0, nowMs - Number(period) * dayMs);
}
