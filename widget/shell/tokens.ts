import { mix, readable, textOn } from '../../shared/model/color.ts';

/** Every value of the widget's look that has a name. Components use the custom properties, never raw colours. */

/** Colour roles that do not depend on the site. Text roles reach 4.5:1 on surface and raised, `edge` 3:1. */
export const themes = {
  light: {
    surface: '#ffffff',
    raised: '#f1f3f5',
    text: '#16191d',
    muted: '#586069',
    line: '#e1e5e9',
    edge: '#7f8891',
    positive: '#13713f',
    danger: '#b3202b',
    shade: '15, 23, 32',
  },
  dark: {
    surface: '#1b1e22',
    raised: '#2a2e34',
    text: '#f1f3f5',
    muted: '#aab3bd',
    line: '#383e46',
    edge: '#7e8893',
    positive: '#5bc98f',
    danger: '#ff8a8a',
    shade: '0, 0, 0',
  },
} as const;
export type Theme = keyof typeof themes;

/**
 * What is the same on every site, in every theme. The build writes these into the style sheets where `var(--rapport-…)`
 * names them, see `vite.config.ts`: a visitor does not download their names.
 */
export const fixedTokens = {
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-5': '20px',
  'space-6': '24px',
  'radius-control': '6px',
  'radius-card': '10px',
  'radius-bubble': '14px',
  'radius-panel': '16px',
  'size-12': '12px',
  'size-13': '13px',
  'size-14': '14px',
  'size-16': '16px',
  'size-20': '20px',
  'size-28': '28px',
  fast: '120ms',
  move: '200ms',
  font:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, ' +
    '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"',
  'z-panel': '1',
} as const;

/** Colour roles of a theme with the site's accent worked in. */
export function colorRoles(theme: Theme, accent: string): Record<string, string> {
  const { shade, ...roles } = themes[theme];
  return {
    ...roles,
    accent,
    'on-accent': textOn(accent),
    /** Muted words on the accent, e.g. the second line of the header. */
    'on-accent-muted': readable(mix(accent, textOn(accent), 0.8), accent, textOn(accent)),
    /** The accent as text and as focus ring. */
    'accent-text': readable(accent, roles.raised, roles.text),
    'accent-soft': mix(roles.surface, accent, theme === 'light' ? 0.08 : 0.18),
    'shadow-panel': `0 12px 48px rgba(${shade}, 0.22), 0 2px 8px rgba(${shade}, 0.12)`,
    'shadow-card': `0 4px 16px rgba(${shade}, 0.18), 0 1px 3px rgba(${shade}, 0.14)`,
  };
}

function declarations(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `--rapport-${name}:${value};`)
    .join('');
}

/** Style text that puts the colour roles on the host, e.g. `--rapport-surface`. */
export function tokenStyles(accent: string): string {
  return (
    `:host{color-scheme:light dark;${declarations(colorRoles('light', accent))}}` +
    `@media (prefers-color-scheme:dark){:host{${declarations(colorRoles('dark', accent))}}}`
  );
}
