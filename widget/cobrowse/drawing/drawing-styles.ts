/** What agents and visitor draw over the page, in the layer of `overlay.ts`. */
export const drawingStyles = `
.cb-laser{position:absolute;left:0;top:0;display:flex;align-items:flex-start;transition:opacity 300ms}
.cb-laser i{flex:none;width:18px;height:18px;box-sizing:border-box;margin:-9px 0 0 -9px;border-radius:50%;border:2px solid #fff;background:var(--agent);box-shadow:0 0 0 5px color-mix(in srgb,var(--agent) 33%,transparent),0 1px 4px rgba(0,0,0,.4)}
.cb-laser b{margin:6px 0 0 2px;max-width:180px;padding:0 8px;border-radius:9px;font-size:12px;font-weight:600;line-height:18px;color:#fff;background:var(--agent);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (forced-colors:active){.cb-laser{forced-color-adjust:none}}
@media (prefers-reduced-motion:reduce){.cb-laser{transition:none}}
`;
