/** Style rules added to every replayed document: what is masked, blocked or left out shows as such, and why. */

const svgUrl = (svg: string) => `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;

const lock = svgUrl(
  '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="#4a5568" ' +
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><rect x="4" y="11" width="16" height="10" rx="2" ' +
    'fill="#fff"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/></svg>',
);
const label = (words: string) =>
  svgUrl(
    '<svg xmlns="http://www.w3.org/2000/svg" width="210" height="26"><rect width="210" height="26" rx="6" fill="#fff" ' +
      'stroke="#cbd5e0"/><text x="105" y="17" text-anchor="middle" font-family="system-ui,sans-serif" font-size="12" ' +
      `fill="#4a5568">${words}</text></svg>`,
  );
const frameLabel = label('Content of another site');
const closedLabel = label('A part that cannot be read');
const hatch = 'repeating-linear-gradient(-45deg,#e2e8f0 0 6px,#edf2f7 6px 12px)';

export const replayRules: string[] = [
  `[data-rapport-blocked]{background:${lock} center/18px no-repeat,${hatch}!important;border-radius:4px;` +
    'outline:1px solid #cbd5e0;outline-offset:-1px;overflow:hidden!important;color:transparent!important}',
  `iframe[data-rapport-blocked="frame"]{background:${frameLabel} center no-repeat,${hatch}!important}`,
  `[data-rapport-blocked="closed"]{background:${closedLabel} center no-repeat,${hatch}!important}`,
  /** At no specificity: a page's own look of masked parts, if it has one, wins. */
  ':where([data-rapport-masked]){background-image:repeating-linear-gradient(-45deg,#94a3b838 0 3px,#94a3b800 3px 6px);' +
    'border-radius:3px}',
  ':where([data-rapport-focus-visible]){outline:-webkit-focus-ring-color auto 1px}',
  /** Without scripts browsers show the controls of every video. */
  'video:not([controls])::-webkit-media-controls,audio:not([controls])::-webkit-media-controls{display:none!important}',
  '::highlight(rapport-selection){background-color:Highlight;color:HighlightText}',
  /** The page's own cursor shapes and selections are the visitor's, not the agent's. */
  'html{scrollbar-gutter:auto}',
];
