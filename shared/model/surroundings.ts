/** What a page's media queries ask of the visitor's screen and wishes; the width is that of the mirror itself. */
export const mediaFeatures = [
  'prefers-color-scheme:dark',
  'prefers-reduced-motion:reduce',
  'prefers-contrast:more',
  'hover:hover',
  'any-hover:hover',
  'pointer:fine',
  'pointer:coarse',
  'any-pointer:fine',
  'any-pointer:coarse',
] as const;

export interface Surroundings {
  /** Those of {@link mediaFeatures} that are so. */
  media: readonly string[];
  /** Pixels of the screen for one of CSS. */
  density: number;
}
