/** The value that a share of the samples (0 to 1) does not exceed, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no samples');
  return value;
}

/** One decimal is what the clocks are good for. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;
