/** Control panel and ghosts, in the layer of `overlay.ts`. */
export const controlStyles = `
.cb-assist{position:absolute;box-sizing:border-box;top:58px;left:50%;transform:translateX(-50%);width:max-content;max-width:min(560px,calc(100% - 16px));display:grid;gap:8px}
.cb-place:has(.cb-bottom)~.cb-assist{top:auto;bottom:58px}
.cb-cards{display:grid;gap:8px;min-width:0;margin:0;border:0;padding:0}
.cb-card{box-sizing:border-box;display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;padding:10px 14px;border-radius:12px;background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);border-inline-start:4px solid var(--agent);pointer-events:auto}
.cb-card p{flex:1 1 220px;margin:0;overflow-wrap:anywhere}
.cb-card b{display:block;font-weight:650}
.cb-card span{color:var(--rapport-muted);font-size:12px;line-height:16px}
.cb-card div{display:flex;flex-wrap:wrap;gap:8px}
.cb-card button{all:unset;box-sizing:border-box;display:grid;place-items:center;min-height:36px;padding:0 12px;border-radius:10px;font-weight:600;cursor:pointer;box-shadow:inset 0 0 0 1.5px var(--rapport-edge)}
.cb-card button:hover{background:var(--rapport-raised)}
.cb-card .cb-yes{background:var(--rapport-accent);color:var(--rapport-on-accent);box-shadow:none}
.cb-card :focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.cb-ghost{position:absolute;left:0;top:0;box-sizing:border-box;border:2px dashed var(--agent);border-radius:6px;background:color-mix(in srgb,var(--agent) 12%,transparent)}
.cb-ghost b,.cb-act b{position:absolute;inset-inline-start:-2px;top:100%;margin-top:4px;max-width:240px;padding:1px 8px;border-radius:9px;font-size:12px;font-weight:600;line-height:18px;color:#fff;background:var(--agent);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.cb-act{position:absolute;left:0;top:0;box-sizing:border-box;border:2px solid var(--agent);border-radius:6px;animation:cb-act 1.4s forwards}
@keyframes cb-act{0%{box-shadow:0 0 0 0 var(--agent)}25%{box-shadow:0 0 0 6px color-mix(in srgb,var(--agent) 30%,transparent)}70%{opacity:1}to{opacity:0}}
@media (max-width:479px){.cb-assist{left:8px;right:8px;width:auto;transform:none;max-width:none;top:72px}.cb-card button{min-height:44px}}
@media (forced-colors:active){.cb-card,.cb-card button{border:1px solid}}
@media (prefers-reduced-motion:reduce){.cb-act{animation-timing-function:steps(1,end)}}
`;
