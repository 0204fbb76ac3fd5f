/** Names begin with `cb-`: the widget's other styles apply in the same root. */

/** Dialog: drawn in the widget's own root. */
export const dialogStyles = `
.cb-ask{position:fixed;inset:0;margin:auto;padding:0;border:0;width:440px;max-width:calc(100vw - 24px);max-height:calc(100dvh - 24px);overflow:auto;overscroll-behavior:contain;border-radius:var(--rapport-radius-panel);background:var(--rapport-surface);color:var(--rapport-text);font:14px/20px var(--rapport-font);text-align:start;box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-panel)}
.cb-ask,.cb-ask *{box-sizing:border-box;margin-block:0}
.cb-ask{margin:auto}
.cb-ask::backdrop{background:rgba(10,15,20,.5)}
.cb-ask .icon,.cb-banner .icon{flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.cb-head{display:flex;gap:12px;align-items:center;padding:20px 20px 16px}
.cb-head h2{font-size:16px;line-height:22px;font-weight:650;outline:none;overflow-wrap:anywhere}
.cb-head p,.cb-ask dd{color:var(--rapport-muted)}
.cb-picture{margin-inline:20px;padding:20px 20px 0;border-radius:var(--rapport-radius-card);background:var(--rapport-accent-soft);overflow:hidden}
.cb-window{position:relative;border-radius:8px 8px 0 0;background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card)}
.cb-address{padding:8px 14px;border-bottom:1px solid var(--rapport-line);color:var(--rapport-muted);font-size:12px;text-align:start}
.cb-window :is(b,.cb-address,em){overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.cb-page{display:grid;gap:12px;padding:14px 14px 20px}
.cb-page i{width:82%;height:8px;border-radius:4px;background:var(--rapport-line)}
.cb-page span{display:flex;align-items:center;gap:6px;padding:6px 10px;border:1px solid var(--rapport-line);border-radius:6px;background:repeating-linear-gradient(-45deg,transparent 0 6px,var(--rapport-raised) 6px 12px);color:var(--rapport-muted);font-size:12px;font-weight:600}
.cb-pointer{position:absolute;inset-inline-end:16%;top:46%;display:flex;align-items:flex-start}
.cb-pointer em{margin:10px 0 0 -2px;max-width:130px;padding:0 8px;border-radius:9px;color:#fff;font:600 12px/18px var(--rapport-font)}
.cb-ask dl{display:grid;grid-template-columns:20px 1fr;gap:0 8px;padding:16px 20px}
.cb-ask dt{font-weight:650}
.cb-ask dd{grid-column:2;margin:0}
.cb-ask dd:not(:last-child){margin-bottom:12px}
.cb-ask dl .icon{color:var(--rapport-positive)}
.cb-ask dd+.icon{color:var(--rapport-danger)}
.cb-failed{padding:0 20px 12px;color:var(--rapport-danger)}
.cb-choice{position:sticky;bottom:0;display:grid;grid-template-columns:1fr 1fr;gap:12px;padding:12px 20px 20px;background:var(--rapport-surface)}
.cb-choice button,.cb-banner button{all:unset;box-sizing:border-box;display:grid;place-items:center;min-height:44px;padding:0 14px;border-radius:var(--rapport-radius-card);font-weight:650;text-align:center;cursor:pointer}
.cb-choice button{box-shadow:inset 0 0 0 1.5px var(--rapport-edge)}
.cb-choice button:hover{background:var(--rapport-raised)}
.cb-choice .cb-yes{background:var(--rapport-accent)!important;color:var(--rapport-on-accent);box-shadow:none}
.cb-choice :focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.cb-choice [aria-disabled=true]{opacity:.6}
@media (max-width:359px),(max-height:559px){.cb-picture{display:none}}
@media (forced-colors:active){.cb-ask,.cb-ask button,.cb-banner,.cb-banner button{border:1px solid}.cb-pointer,.cb-laser{forced-color-adjust:none}}
`;

/** Banner, edge and pointers: drawn in a layer of its own above the page. */
export const overlayStyles = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:0!important;z-index:2147483647!important;pointer-events:none!important}
@media print{:host{display:none!important}}
.cb-layer{box-sizing:border-box;position:fixed;inset:0;width:auto;height:auto;margin:0;border:0;padding:0;background:none;overflow:hidden;pointer-events:none;font:14px/20px var(--rapport-font);color:var(--rapport-text)}
.cb-edge{position:absolute;inset:0;border:4px solid var(--rapport-accent);box-shadow:inset 0 0 0 1px rgba(255,255,255,.6)}
.cb-edge[hidden]{display:none}
.cb-banner{position:absolute;box-sizing:border-box;top:0;left:50%;max-width:calc(100% - 16px);width:max-content;transform:translateX(-50%);display:flex;align-items:center;gap:12px;min-height:48px;padding:6px 16px;border-radius:0 0 14px 14px;background:var(--rapport-accent);color:var(--rapport-on-accent);box-shadow:0 0 0 1px rgba(255,255,255,.35),var(--rapport-shadow-card);pointer-events:auto}
.cb-banner.cb-bottom{top:auto;bottom:0;border-radius:14px 14px 0 0}
.cb-banner.cb-quiet{background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card)}
.cb-live{flex:none;width:10px;height:10px;border-radius:50%;box-shadow:inset 0 0 0 2px}
.cb-live.cb-on{background:currentColor;animation:cb-live 2s infinite}
@keyframes cb-live{50%{opacity:.35}}
.cb-words{flex:1;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
.cb-words b{font-weight:650}
.cb-banner button{flex:none;min-height:36px}
.cb-banner button+button{margin-inline-end:-10px;background:var(--rapport-on-accent);color:var(--rapport-accent)}
.cb-banner.cb-quiet button+button{background:var(--rapport-raised);color:inherit}
.cb-banner .cb-move{padding:0 8px;margin-inline-end:-6px}
.cb-banner :focus-visible{outline:2px solid;outline-offset:2px}
.cb-laser{position:absolute;left:0;top:0;display:flex;align-items:flex-start;transition:opacity 300ms}
.cb-laser i{flex:none;width:18px;height:18px;box-sizing:border-box;margin:-9px 0 0 -9px;border-radius:50%;border:2px solid #fff;background:var(--agent);box-shadow:0 0 0 5px color-mix(in srgb,var(--agent) 33%,transparent),0 1px 4px rgba(0,0,0,.4)}
.cb-laser b{margin:6px 0 0 2px;max-width:180px;padding:0 8px;border-radius:9px;font-size:12px;font-weight:600;line-height:18px;color:#fff;background:var(--agent);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (max-width:479px){.cb-banner{left:8px;right:8px;width:auto;transform:none;max-width:none;padding-block:max(6px,env(safe-area-inset-top))}.cb-banner button{min-height:44px}}
@media (prefers-reduced-motion:reduce){.cb-live,.cb-laser{animation:none!important;transition:none}}
`;
