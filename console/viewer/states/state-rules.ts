import {
  type AnimationState,
  maxAnimations,
  maxChosen,
  maxFrames,
  maxMarked,
  maxNames,
  maxPictureChars,
  maxRanges,
  type PageState,
  pageMarks,
  type TextPlace,
} from '../../../shared/model/cobrowse-states.ts';
import { fields, integer, list, maybeId, nodeId, number, text } from '../checks.ts';
import { cleanDeclarations } from '../style-text.ts';

/** Builds a told state anew, of what is known here and nothing else. Null: of no use to this mirror. */

const property = /^(?:[a-z][A-Za-z]{0,60}|--[\w-]{1,100})$/;
const easing = /^[a-z-]{1,30}$|^(?:cubic-bezier|steps|linear)\([-\w\s.,%]{0,400}\)$/;
const pseudoElement = /^::[a-z-]{1,40}$/;
const picture = /^data:image\/(?:webp|png|jpeg);base64,[A-Za-z0-9+/=]*$/;
const schemes = /^[a-z ]{1,40}$/;
const timings: Record<string, 'number' | RegExp> = {
  delay: 'number',
  endDelay: 'number',
  duration: 'number',
  iterations: 'number',
  iterationStart: 'number',
  direction: /^(?:normal|reverse|alternate|alternate-reverse)$/,
  fill: /^(?:none|forwards|backwards|both|auto)$/,
  easing,
};
const maxTimeMs = 1e9;
const maxSidePx = 10_000;

export interface KnownNodes {
  isElement(id: number): boolean;
  isText(id: number): boolean;
}

function cleanFrame(value: unknown): AnimationState['frames'][number] {
  const frame: AnimationState['frames'][number] = {};
  for (const [name, each] of Object.entries(fields(value, 'keyframe'))) {
    if (name === 'offset') frame.offset = typeof each === 'number' && each >= 0 && each <= 1 ? each : null;
    else if (name === 'easing')
      frame.easing = typeof each === 'string' && easing.test(each) ? each : 'linear';
    else if (name === 'composite') frame.composite = each === 'add' || each === 'accumulate' ? each : 'auto';
    else if (typeof each === 'string' && property.test(name) && name !== 'behavior')
      frame[name] = cleanDeclarations(each.slice(0, 4_000));
  }
  return frame;
}

function cleanAnimation(value: unknown): AnimationState {
  const raw = fields(value, 'animation');
  const timing: AnimationState['timing'] = {};
  for (const [name, rule] of Object.entries(timings)) {
    const each = fields(raw.timing, 'timing')[name];
    if (rule === 'number' && typeof each === 'number') timing[name] = number(each, name, maxTimeMs);
    else if (rule !== 'number' && typeof each === 'string' && rule.test(each)) timing[name] = each;
    else if (name === 'duration') timing.duration = 0;
  }
  return {
    name: raw.name === null ? null : text(raw.name, 'name', 200),
    pseudo: typeof raw.pseudo === 'string' && pseudoElement.test(raw.pseudo) ? raw.pseudo : null,
    frames: list(raw.frames, 'keyframes', maxFrames).map(cleanFrame),
    timing,
    timeMs: raw.timeMs === null ? null : number(raw.timeMs, 'time', maxTimeMs),
    rate: number(raw.rate, 'rate', 1_000),
    play: raw.play === 'running' || raw.play === 'paused' ? raw.play : 'finished',
  };
}

export function cleanState(value: unknown, known: KnownNodes): PageState | null {
  const raw = fields(value, 'state');
  const ids = (of: unknown, max: number) =>
    list(of, 'ids', max)
      .map(nodeId)
      .filter((id) => known.isElement(id));
  const place = (of: unknown): TextPlace => {
    const { id, at } = fields(of, 'place');
    return { id: nodeId(id), at: integer(at, 'offset') };
  };
  const element = () => {
    const id = nodeId(raw.id);
    return known.isElement(id) ? id : null;
  };

  switch (raw.kind) {
    case 'mark': {
      const mark = pageMarks.find((each) => each === raw.mark);
      return mark ? { kind: 'mark', mark, ids: ids(raw.ids, maxMarked) } : null;
    }
    case 'hover': {
      const id = maybeId(raw.id);
      return { kind: 'hover', id: id !== null && known.isElement(id) ? id : null };
    }
    case 'chosen': {
      const id = element();
      return id === null ? null : { kind: 'chosen', id, options: ids(raw.options, maxChosen) };
    }
    case 'files': {
      const id = element();
      const names = list(raw.names, 'names', maxNames).map((name) => text(name, 'name', 200));
      return id === null ? null : { kind: 'files', id, names };
    }
    case 'selection': {
      const ranges = list(raw.ranges, 'ranges', maxRanges).map((range) => {
        const { start, end } = fields(range, 'range');
        return { start: place(start), end: place(end) };
      });
      const isKnown = ({ start, end }: (typeof ranges)[number]) =>
        known.isText(start.id) && known.isText(end.id);
      return { kind: 'selection', ranges: ranges.filter(isKnown) };
    }
    case 'field-selection': {
      const id = maybeId(raw.id);
      const [from, to] = [integer(raw.from, 'from'), integer(raw.to, 'to')];
      return { kind: 'field-selection', id: id !== null && known.isElement(id) ? id : null, from, to };
    }
    case 'animations': {
      const id = element();
      return id === null
        ? null
        : {
            kind: 'animations',
            id,
            animations: list(raw.animations, 'animations', maxAnimations).map(cleanAnimation),
          };
    }
    case 'svg-time': {
      const id = element();
      const seconds = Math.abs(number(raw.seconds, 'seconds', maxTimeMs));
      return id === null ? null : { kind: 'svg-time', id, seconds, isPaused: raw.isPaused === true };
    }
    case 'picture': {
      const id = element();
      const url = text(raw.url, 'picture', maxPictureChars);
      return id !== null && picture.test(url) ? { kind: 'picture', id, url } : null;
    }
    case 'closed': {
      const id = element();
      const [widthPx, heightPx] = [raw.widthPx, raw.heightPx].map((side) =>
        Math.abs(number(side, 'side', maxSidePx)),
      ) as [number, number];
      return id === null ? null : { kind: 'closed', id, widthPx, heightPx };
    }
    case 'schemes': {
      const words = text(raw.schemes, 'schemes', 40);
      return schemes.test(words) ? { kind: 'schemes', schemes: words } : null;
    }
    default:
      return null;
  }
}
