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
