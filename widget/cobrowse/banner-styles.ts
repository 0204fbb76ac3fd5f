/** The banner, in the layer above the page. */
export const bannerStyles = `
.cb-banner{position:absolute;box-sizing:border-box;top:0;left:50%;max-width:calc(100% - 16px);width:max-content;transform:translateX(-50%);display:flex;align-items:center;gap:12px;min-height:48px;padding:6px 16px;border-radius:0 0 14px 14px;background:var(--rapport-accent);color:var(--rapport-on-accent);box-shadow:0 0 0 1px rgba(255,255,255,.35),var(--rapport-shadow-card);pointer-events:auto}
.cb-banner.cb-bottom{top:auto;bottom:0;border-radius:14px 14px 0 0}
.cb-banner.cb-quiet{background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card)}
.cb-banner button{all:unset;box-sizing:border-box;display:grid;place-items:center;min-height:36px;flex:none;padding:0 14px;border-radius:var(--rapport-radius-card);font-weight:650;text-align:center;cursor:pointer}
.cb-banner .icon{flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.cb-live{flex:none;width:10px;height:10px;border-radius:50%;box-shadow:inset 0 0 0 2px}
.cb-live.cb-on{background:currentColor;animation:cb-live 2s infinite}
@keyframes cb-live{50%{opacity:.35}}
.cb-words{flex:1;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
.cb-words b{font-weight:650}
.cb-line{opacity:.8;font-size:12px;font-variant-numeric:tabular-nums;white-space:nowrap}
@media(max-width:40rem){.cb-line{display:none}}
.cb-banner button:last-child{margin-inline-end:-10px;background:var(--rapport-on-accent);color:var(--rapport-accent)}
.cb-banner.cb-quiet button:last-child{background:var(--rapport-raised);color:inherit}
.cb-banner .cb-move{padding:0 8px;margin-inline-end:-6px}
.cb-banner :focus-visible{outline:2px solid;outline-offset:2px}
@media (max-width:479px){.cb-banner{left:8px;right:8px;width:auto;transform:none;max-width:none;padding-block:max(6px,env(safe-area-inset-top))}.cb-banner button{min-height:44px}.cb-long{position:absolute;width:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
@media (forced-colors:active){.cb-banner,.cb-banner button{border:1px solid}}
@media (prefers-reduced-motion:reduce){.cb-live{animation:none!important}}
`;
