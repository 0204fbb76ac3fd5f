/** `!important` on the host: there the page's own rules would win otherwise. */
export const launcherStyles = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important}
[hidden]{display:none!important}
.launcher{all:unset;box-sizing:border-box;position:fixed;bottom:calc(20px + env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--rapport-accent);color:var(--rapport-on-accent);box-shadow:0 0 0 1px rgba(255,255,255,.14),0 2px 6px rgba(0,0,0,.16),0 8px 24px rgba(0,0,0,.2);display:grid;place-items:center;-webkit-tap-highlight-color:transparent;touch-action:manipulation;animation:in .2s ease-out;transition:transform .12s ease-out}
.right{right:calc(20px + env(safe-area-inset-right))}
.left{left:calc(20px + env(safe-area-inset-left))}
.launcher:hover{transform:scale(1.05)}
.launcher:active{transform:scale(.96)}
.launcher:focus-visible{outline:3px solid var(--rapport-accent);outline-offset:3px;box-shadow:0 0 0 3px #fff,0 8px 24px rgba(0,0,0,.2)}
.launcher>.icon,.spinner{grid-area:1/1;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;transition:opacity .12s,transform .2s}
.down,.spinner{opacity:0}
.down{transform:rotate(-60deg)}
[data-face=open]>.chat{opacity:0;transform:rotate(60deg)}
[data-face=open]>.down{opacity:1;transform:none}
[data-face=loading]>.chat{opacity:0}
[data-face=loading]>.spinner{opacity:1;animation:turn .8s linear infinite}
.spinner{box-sizing:border-box;width:24px;height:24px;border:3px solid;border-inline-end-color:transparent;border-radius:50%}
.badge{position:absolute;inset-block-start:-3px;inset-inline-end:-3px;box-sizing:border-box;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c4232f;color:#fff;border:2px solid #fff;font:700 12px/18px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-align:center;font-variant-numeric:tabular-nums}
.badge.dot{min-width:16px;width:16px;height:16px;padding:0;inset-block-start:0;inset-inline-end:0}
.notice{position:fixed;bottom:calc(88px + env(safe-area-inset-bottom));max-width:260px;padding:8px 12px;border-radius:10px;background:#16191d;color:#fff;font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;box-shadow:0 4px 16px rgba(0,0,0,.2)}
.notice:empty{display:none}
@keyframes turn{to{transform:rotate(1turn)}}
@keyframes in{from{opacity:0;transform:scale(.8)}}
@media (prefers-reduced-motion:reduce){.launcher,.launcher>*{animation:none!important;transition:none}[data-face=loading]>.spinner{border-style:dotted;border-color:currentColor}}
@media (forced-colors:active){.launcher{border:2px solid ButtonText}.badge{forced-color-adjust:none}}
@media print{.launcher,.notice{display:none}}
`;
