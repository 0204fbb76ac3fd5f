import type { FilterInside } from '../privacy-filter.ts';
import type { Tell } from './page-states.ts';

const descriptors: [keyof FontFaceDescriptors, string][] = [
  ['style', 'font-style'],
  ['weight', 'font-weight'],
  ['stretch', 'font-stretch'],
  ['unicodeRange', 'unicode-range'],
];

/**
 * Fonts that scripts make: a `FontFace` keeps its address to itself, so the constructor is asked, for as long as the
 * page is shared.
 */
export function followFonts(inside: FilterInside, tell: Tell) {
  const Original = window.FontFace;
  const rules = new Map<FontFace, string>();

  class FollowedFontFace extends Original {
    constructor(family: string, source: string | BufferSource, options?: FontFaceDescriptors) {
      super(family, source, options);
      if (typeof source !== 'string') return;
      const more = descriptors
        .map(([key, name]) => (options?.[key] ? `;${name}:${options[key]}` : ''))
        .join('');
      rules.set(this, `@font-face{font-family:${JSON.stringify(family)};src:${source}${more}}`);
    }
  }
  window.FontFace = FollowedFontFace;

  return {
    /** Of the fonts that the page uses. */
    tellAgain() {
      for (const [face, rule] of rules) {
        if (document.fonts.has(face))
          tell(`font ${rule}`, { kind: 'font', rule: inside.attributes.styleText(rule) }, rule);
      }
    },
    close() {
      if (window.FontFace === FollowedFontFace) window.FontFace = Original;
    },
  };
}
