import { type AnimationState, maxAnimations, maxFrames } from '../../../shared/model/cobrowse-states.ts';
import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** Animations that scripts make, the time of those that style sheets make, and the time of SVG. */
export function createAnimationReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
  isTold(key: string): boolean;
}): StateReader {
  const { nodes, inside, roots, tell, isTold } = parts;
  let animated = new Set<number>();

  function stateOf(animation: Animation, effect: KeyframeEffect): AnimationState {
    const name = 'animationName' in animation ? String(animation.animationName) : null;
    const { playState, playbackRate } = animation;
    const timing: Record<string, string | number> = {};
    for (const [key, value] of Object.entries(effect.getTiming())) {
      if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
        timing[key] = value;
      else if (key === 'iterations') timing[key] = -1;
    }
    return {
      name,
      pseudo: effect.pseudoElement,
      frames: name === null ? framesOf(effect) : [],
      timing: name === null ? timing : {},
      timeMs: typeof animation.currentTime === 'number' ? Math.round(animation.currentTime) : null,
      rate: playbackRate,
      play: playState === 'idle' ? 'finished' : playState,
    };
  }

  function framesOf(effect: KeyframeEffect): AnimationState['frames'] {
    return effect
      .getKeyframes()
      .slice(0, maxFrames)
      .map((frame) => {
        const clean: Record<string, string | number | null> = {};
        for (const [property, value] of Object.entries(frame)) {
          if (property === 'computedOffset' || value === undefined) continue;
          clean[property] =
            typeof value === 'string'
              ? inside.attributes.styleValue(property, value)
              : (value as number | null);
        }
        return clean;
      });
  }

  /** The same for an animation that goes on as it was told, whenever it is looked at. */
  function courseOf({ timeMs, rate, play, ...rest }: AnimationState, nowMs: number): string {
    const isRunning = play === 'running' && timeMs !== null && rate !== 0;
    const anchor = isRunning ? Math.round((nowMs - timeMs / rate) / 150) : timeMs;
    return JSON.stringify([rest, rate, play, anchor]);
  }

  function lookAtAnimations(): void {
    const byTarget = new Map<number, { animations: AnimationState[]; course: string[] }>();
    let count = 0;
    for (const root of roots.all()) {
      for (const animation of root.getAnimations()) {
        const { effect } = animation;
        if (!(effect && 'target' in effect) || 'transitionProperty' in animation) continue;
        const keyframes = effect as KeyframeEffect;
        const id = keyframes.target ? nodes.idOf(keyframes.target) : -1;
        if (!keyframes.target || !inside.isTold(id) || ++count > maxAnimations) continue;
        if (inside.privacy.of(keyframes.target).level === 'blocked') continue;
        const state = stateOf(animation, keyframes);
        const entry = byTarget.get(id) ?? { animations: [], course: [] };
        byTarget.set(id, entry);
        entry.animations.push(state);
        entry.course.push(courseOf(state, Number(animation.timeline?.currentTime ?? 0)));
      }
    }
    for (const [id, { animations, course }] of byTarget)
      tell(`animations ${id}`, { kind: 'animations', id, animations }, course.join());
    for (const id of animated) {
      if (!byTarget.has(id) && isTold(`animations ${id}`))
        tell(`animations ${id}`, { kind: 'animations', id, animations: [] });
    }
    animated = new Set(byTarget.keys());
  }

  function lookAtSvgTime(): void {
    const drawings = new Set<SVGSVGElement>();
    for (const part of roots.select<SVGElement>('animate,animateTransform,animateMotion,set')) {
      let outer = part.ownerSVGElement;
      while (outer?.ownerSVGElement) outer = outer.ownerSVGElement;
      if (outer) drawings.add(outer);
    }
    for (const drawing of drawings) {
      const id = nodes.idOf(drawing);
      if (!inside.isTold(id)) continue;
      const seconds = Math.round(drawing.getCurrentTime() * 100) / 100;
      const isPaused = drawing.animationsPaused();
      const anchor = isPaused ? seconds : Math.round((performance.now() / 1_000 - seconds) * 5);
      tell(`svg ${id}`, { kind: 'svg-time', id, seconds, isPaused }, `${isPaused} ${anchor}`);
    }
  }

  return {
    look() {
      lookAtAnimations();
      lookAtSvgTime();
    },
    startEpoch() {
      animated = new Set();
    },
  };
}
