/** What agents and visitor draw over the page, in the layer of `overlay.ts`. */
export const drawingStyles = `
.cb-laser{position:absolute;left:0;top:0;display:flex;align-items:flex-start;transition:opacity 300ms}
.cb-laser i{flex:none;width:18px;height:18px;box-sizing:border-box;margin:-9px 0 0 -9px;border-radius:50%;border:2px solid #fff;background:var(--agent);box-shadow:0 0 0 5px color-mix(in srgb,var(--agent) 33%,transparent),0 1px 4px rgba(0,0,0,.4)}
.cb-laser b{margin:6px 0 0 2px;max-width:180px;padding:0 8px;border-radius:9px;font-size:12px;font-weight:600;line-height:18px;color:#fff;background:var(--agent);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.cb-marks{position:absolute;inset:0;width:100%;height:100%;overflow:hidden}
.cb-marks path{fill:none;stroke:var(--mark);stroke-width:3px;stroke-linecap:round;stroke-linejoin:round}
.cb-marks .cb-under{stroke:rgba(255,255,255,.8);stroke-width:6px}
.cb-marks .cb-highlight path+path{fill:color-mix(in srgb,var(--mark) 18%,transparent)}
.cb-callout{position:absolute;left:0;top:0;max-width:220px;padding:4px 10px;border-radius:2px 12px 12px 12px;background:var(--mark);color:#fff;font:600 13px/18px var(--rapport-font);overflow-wrap:anywhere;box-shadow:0 0 0 1.5px rgba(255,255,255,.8),0 2px 8px rgba(0,0,0,.4)}
.cb-callout[hidden]{display:none}
.cb-sheet{position:absolute;inset:0;pointer-events:auto;cursor:crosshair;touch-action:none}
.cb-callout-field{all:initial;position:absolute;box-sizing:border-box;width:220px;height:40px;padding:0 10px;border:1px solid var(--rapport-edge);border-radius:10px;background:var(--rapport-surface);color:var(--rapport-text);font:16px/20px var(--rapport-font);pointer-events:auto}
.cb-pens{position:absolute;inset-inline-start:16px;bottom:16px;display:flex;flex-wrap:wrap;gap:4px;max-width:calc(100% - 32px);box-sizing:border-box;margin:0;border:0;padding:6px;border-radius:14px;background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);pointer-events:auto}
.cb-pens button{all:unset;box-sizing:border-box;display:grid;place-items:center;min-height:36px;padding:0 12px;border-radius:10px;font:600 14px/20px var(--rapport-font);cursor:pointer}
.cb-pens button:hover{background:var(--rapport-raised)}
.cb-pens [aria-pressed=true]{background:var(--rapport-accent-soft);box-shadow:inset 0 0 0 1.5px var(--rapport-accent)}
.cb-pens .cb-yes{background:var(--rapport-accent);color:var(--rapport-on-accent)}
.cb-pens :focus-visible,.cb-callout-field:focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:1px}
@media (max-width:479px){.cb-pens button{min-height:44px}}
@media (forced-colors:active){.cb-pens,.cb-pens button{border:1px solid}.cb-marks{forced-color-adjust:none}}
@media (forced-colors:active){.cb-laser{forced-color-adjust:none}}
@media (prefers-reduced-motion:reduce){.cb-laser{transition:none}}
`;
