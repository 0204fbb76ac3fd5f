/**
 * How much of the visitor's page is followed. Each step leaves out more, so that to be looked at never slows the page
 * down: the path of the pointer; moving pictures; storms of attribute changes (of each element the last one counts); and
 * in the end everything but a new picture every few seconds.
 */
export const fidelitySteps = ['full', 'no_pointer', 'no_canvas', 'fewer_changes', 'snapshots'] as const;
export type Fidelity = (typeof fidelitySteps)[number];

/** Whether a step leaves out what another one does, too. */
export const isAtMost = (fidelity: Fidelity, step: Fidelity): boolean =>
  fidelitySteps.indexOf(fidelity) >= fidelitySteps.indexOf(step);

/** `3.2 kB/s`, `210 B/s`: what a line carries, in words. */
export function rateWords(bytesPerSecond: number): string {
  if (bytesPerSecond < 1_000) return `${Math.round(bytesPerSecond)} B/s`;
  const kilobytes = bytesPerSecond / 1_000;
  return `${kilobytes < 10 ? kilobytes.toFixed(1) : Math.round(kilobytes)} kB/s`;
}
