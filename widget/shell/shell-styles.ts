export const shellStyles = `
.app,.app *{box-sizing:border-box}
.app{font-family:var(--rapport-font);font-size:var(--rapport-size-14);line-height:20px;color:var(--rapport-text);-webkit-text-size-adjust:100%;text-align:start}
:where(.app) :where(button){all:unset;box-sizing:border-box;cursor:pointer;-webkit-tap-highlight-color:transparent;touch-action:manipulation}
:where(.app) :where(h2,h3,p,ul){margin:0;padding:0;list-style:none}
.app .icon{fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none;display:block}
.app :is(button,a,[tabindex="0"]):focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
:is(.title,.greeting>*,.words>*,.sender,.question>*,.notice-card)[dir=auto]{text-align:-webkit-match-parent;text-align:match-parent}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
[dir=rtl] .flip,:host(:dir(rtl)) .flip{transform:scaleX(-1)}
.panel{position:fixed;z-index:var(--rapport-z-panel);bottom:calc(88px + env(safe-area-inset-bottom));width:384px;max-width:calc(100vw - 32px);height:min(680px,100dvh - 96px);display:flex;flex-direction:column;overflow:hidden;outline:none;border-radius:var(--rapport-radius-panel);background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-panel);animation:rise var(--rapport-move) cubic-bezier(.2,.8,.3,1);transform-origin:100% 100%}
.panel.left{transform-origin:0 100%}
@keyframes rise{from{opacity:0;transform:translateY(12px) scale(.98)}}
.header{flex:none;background:var(--rapport-accent);color:var(--rapport-on-accent)}
.bar{position:relative;display:flex;align-items:center;gap:var(--rapport-space-3);min-height:64px;padding:10px;padding-inline-start:var(--rapport-space-4)}
.bar>.tool:first-child{margin-inline-start:-8px;margin-inline-end:-6px}
.who{flex:1;min-width:0}
.title{font-size:var(--rapport-size-16);line-height:22px;font-weight:650;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.subtitle{display:flex;align-items:center;gap:6px;font-size:var(--rapport-size-13);line-height:18px;color:var(--rapport-on-accent-muted)}
.subtitle>span{overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2}
.presence{flex:none;margin-inline-start:2px;width:8px;height:8px;border-radius:50%;box-shadow:0 0 0 1.5px var(--rapport-on-accent);background:transparent}
.presence.online{background:#3ddc84}
.tool{flex:none;width:44px;height:44px;border-radius:50%;display:grid;place-items:center;transition:background var(--rapport-fast)}
.tool:hover{background:rgba(128,128,128,.28)}
.app .header :focus-visible{outline-color:currentColor;outline-offset:-2px}
.faces{display:flex;flex:none}
.faces>.avatar+.avatar{margin-inline-start:-10px}
.faces>.avatar{box-shadow:0 0 0 2px var(--rapport-accent)}
.avatar{flex:none;position:relative;overflow:hidden;display:grid;place-items:center;width:36px;height:36px;border-radius:50%;font-size:var(--rapport-size-13);font-weight:650;line-height:1;user-select:none}
.greeting{padding:var(--rapport-space-2) var(--rapport-space-6) 52px}
.greeting h2{font-size:var(--rapport-size-28);line-height:34px;font-weight:700;text-wrap:balance;overflow-wrap:anywhere}
.greeting p{margin-top:var(--rapport-space-2);font-size:var(--rapport-size-16);line-height:23px;color:var(--rapport-on-accent-muted);overflow-wrap:anywhere}
.greeting .promise{font-size:var(--rapport-size-13);line-height:18px}
.queue{flex:none;padding:8px var(--rapport-space-4);text-align:center;font-size:var(--rapport-size-13);background:var(--rapport-accent-soft);border-bottom:1px solid var(--rapport-line)}
.queue:empty{display:none}
.home{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;display:flex;flex-direction:column;gap:var(--rapport-space-3);padding:0 var(--rapport-space-4) var(--rapport-space-2);margin-top:-32px;scrollbar-width:thin}
.card,.notice-card{flex:none;border-radius:var(--rapport-radius-card);background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),0 2px 8px rgba(0,0,0,.06)}
.notice-card{padding:var(--rapport-space-4)}
.show-page,.line{display:flex;align-items:center;gap:var(--rapport-space-3);width:100%;padding:10px var(--rapport-space-4);min-height:60px}
.line:hover,.show-page:hover{background:var(--rapport-raised)}
.app :is(.line,.show-page):focus-visible{outline-offset:-2px}
.words{flex:1;min-width:0;display:flex;flex-direction:column}
.words>b{font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.words>span{color:var(--rapport-muted);font-size:var(--rapport-size-13);line-height:18px}
.show-page>.flip{color:var(--rapport-muted)}
.show-page b{white-space:normal}
.mark{flex:none;display:grid;place-items:center;width:40px;height:40px;border-radius:var(--rapport-radius-card);background:var(--rapport-accent-soft);color:var(--rapport-accent-text)}
.trouble{flex:none;font-size:var(--rapport-size-13);text-align:center;background:var(--rapport-raised);color:var(--rapport-text)}
.trouble>span{display:block;padding:6px var(--rapport-space-4);border-bottom:1px solid var(--rapport-line);animation:trouble 2s}
@keyframes trouble{0%,98%{display:none;padding-block:0;font-size:0;line-height:0;border-width:0}}
.again{font-weight:600;color:var(--rapport-accent-text);text-decoration:underline}
@media (max-width:479.98px),(max-height:479.98px){
.panel{--full:1;inset:0;width:auto;max-width:none;height:100dvh;border-radius:0;box-shadow:none}
.panel.shares{box-sizing:border-box;padding-block:64px}
.header{padding-top:env(safe-area-inset-top);padding-inline:env(safe-area-inset-left) env(safe-area-inset-right)}
.launcher[data-face=open]{display:none}
}
@media (prefers-reduced-motion:reduce){.app,.app *,.app *::before,.app *::after{animation-duration:.01ms!important;animation-iteration-count:1!important;transition:none!important}.trouble>span{animation-duration:2s!important}}
@media (forced-colors:active){.panel,.card,.notice-card,.field{border:1px solid CanvasText}.header{border-bottom:1px solid CanvasText}.avatar,.presence{forced-color-adjust:none}}
@media print{.app{display:none}}
`;
