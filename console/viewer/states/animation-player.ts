import type { AnimationState } from '../../../shared/model/cobrowse-states.ts';

/** Makes the animations that scripts made, and sets the time of those of style sheets. Returns what ends them. */
export function playAnimations(element: HTMLElement, told: AnimationState[]): () => void {
  const made: Animation[] = [];
  const ofSheets = element.getAnimations({ subtree: true }).filter((each) => {
    const { effect } = each;
    return effect && 'target' in effect && effect.target === element && 'animationName' in each;
  });
  for (const state of told) {
    const animation = state.name === null ? make(element, state) : ofSheets.find((each) => isOf(each, state));
    if (!animation) continue;
    if (state.name === null) made.push(animation);
    animation.playbackRate = state.rate;
    if (state.play === 'paused') animation.pause();
    else if (state.play === 'running' && animation.playState !== 'running') animation.play();
    if (state.timeMs !== null) animation.currentTime = state.timeMs;
  }
  return () => {
    for (const animation of made) animation.cancel();
  };
}

function isOf(animation: Animation, { name, pseudo }: AnimationState): boolean {
  const { effect } = animation;
  const of = effect && 'pseudoElement' in effect ? effect.pseudoElement : null;
  return 'animationName' in animation && animation.animationName === name && of === pseudo;
}

/** Undefined where this browser cannot read what the visitor's could. */
function make(element: HTMLElement, { frames, timing, pseudo }: AnimationState): Animation | undefined {
  const { iterations } = timing;
  try {
    return element.animate(frames, {
      ...timing,
      ...(iterations === -1 && { iterations: Number.POSITIVE_INFINITY }),
      ...(pseudo && { pseudoElement: pseudo }),
    });
  } catch {
    return undefined;
  }
}
