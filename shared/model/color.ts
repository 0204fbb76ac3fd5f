/** Luminance and contrast by WCAG 2.2; colours are `#rrggbb`. */

type Rgb = [red: number, green: number, blue: number];

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(color: Rgb): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: string): number {
  const [red, green, blue] = rgb(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (equal) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White or black, whichever reads on `accent`: one of them always reaches 4.5:1. White is preferred. */
export function textOn(accent: string): string {
  return contrast('#ffffff', accent) >= 4.5 ? '#ffffff' : '#000000';
}

/** `share` of `over` laid on `under`. */
export function mix(under: string, over: string, share: number): string {
  const top = rgb(over);
  return hex(rgb(under).map((channel, index) => channel + ((top[index] ?? 0) - channel) * share) as Rgb);
}

/** The accent, moved towards `text` in small steps until it has `ratio` against `surface`. */
export function readable(accent: string, surface: string, text: string, ratio = 4.5): string {
  let share = 0;
  let color = accent;
  while (contrast(color, surface) < ratio && share < 1) {
    share += 0.05;
    color = mix(accent, text, Math.min(1, share));
  }
  return color;
}
