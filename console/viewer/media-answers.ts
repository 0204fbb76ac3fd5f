import type { Surroundings } from '../../shared/model/surroundings.ts';

/** Answers media queries as the visitor's browser did: the agent's screen, pointer and wishes are others. */

const noAnswer = () => null;
const features: Record<
  string,
  (has: (feature: string) => boolean, value: string | undefined, density: number) => boolean | null
> = {
  /** No script runs in a mirror, but the visitor's page has scripts. */
  scripting: (_, value = 'enabled') => value === 'enabled',
  'prefers-color-scheme': (has, value) =>
    value === undefined || has('prefers-color-scheme:dark') === (value === 'dark'),
  'prefers-reduced-motion': (has, value = 'reduce') =>
    has('prefers-reduced-motion:reduce') === (value === 'reduce'),
  'prefers-contrast': (has, value = 'more') => has('prefers-contrast:more') === (value === 'more'),
  hover: (has, value = 'hover') => has('hover:hover') === (value === 'hover'),
  'any-hover': (has, value = 'hover') => has('any-hover:hover') === (value === 'hover'),
  pointer: (has, value) => answerPointer(has, 'pointer', value),
  'any-pointer': (has, value) => answerPointer(has, 'any-pointer', value),
  resolution: (_, value, density) => compare(density, value, (a, b) => Math.abs(a - b) < 0.01),
  'min-resolution': (_, value, density) => compare(density, value, (a, b) => a >= b),
  'max-resolution': (_, value, density) => compare(density, value, (a, b) => a <= b),
  '-webkit-min-device-pixel-ratio': (_, value, density) => compare(density, value, (a, b) => a >= b),
  '-webkit-max-device-pixel-ratio': (_, value, density) => compare(density, value, (a, b) => a <= b),
};

function answerPointer(has: (feature: string) => boolean, name: string, value: string | undefined): boolean {
  const hasAny = has(`${name}:fine`) || has(`${name}:coarse`);
  if (value === undefined) return hasAny;
  return value === 'none' ? !hasAny : has(`${name}:${value}`);
}

const perPixel: Record<string, number> = { '': 1, x: 1, dppx: 1, dpi: 96, dpcm: 96 / 2.54 };

function compare(
  density: number,
  value = '',
  is: (density: number, asked: number) => boolean,
): boolean | null {
  const [, amount = '', unit = ''] = /^([\d.]+)([a-z]*)$/.exec(value) ?? [];
  const per = perPixel[unit];
  return amount !== '' && per ? is(density, Number(amount) / per) : null;
}

export const isMediaFeature = (name: string) => Object.hasOwn(features, name);

/** Null: the browser that shows the mirror answers by itself. */
export function answerMedia(
  name: string,
  value: string | undefined,
  surroundings: Surroundings | undefined,
): boolean | null {
  const answer = features[name] ?? noAnswer;
  if (!surroundings) return name === 'scripting' ? (value ?? 'enabled') === 'enabled' : null;
  const media = new Set(surroundings.media);
  return answer((feature) => media.has(feature), value, surroundings.density);
}

/** Of the colour schemes that a page has, the one that the visitor sees. */
export function preferredScheme(schemes: string, surroundings: Surroundings | undefined): string {
  const words = schemes.toLowerCase().split(/\s+/);
  if (!surroundings || !words.includes('light') || !words.includes('dark')) return schemes;
  return surroundings.media.includes('prefers-color-scheme:dark') ? 'dark' : 'light';
}
