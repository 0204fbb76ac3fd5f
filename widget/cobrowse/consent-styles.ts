/** Drawn in the widget's own root. Names begin with `cb-`: the widget's other styles apply there. */
export const consentStyles = `
.cb-ask{position:fixed;inset:0;margin:auto;padding:0;border:0;width:520px;max-width:calc(100vw - 24px);max-height:calc(100dvh - 24px);overflow:auto;overscroll-behavior:contain;border-radius:var(--rapport-radius-panel);background:var(--rapport-surface);color:var(--rapport-text);font:14px/20px var(--rapport-font);text-align:start;box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-panel)}
.cb-ask,.cb-ask *{box-sizing:border-box;margin-block:0}
.cb-ask{margin:auto}
.cb-ask::backdrop{background:rgba(10,15,20,.5)}
.cb-ask .icon{flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.cb-head{display:flex;gap:12px;align-items:center;padding:20px 20px 16px}
.cb-head h2{font-size:16px;line-height:22px;font-weight:650;outline:none;overflow-wrap:anywhere}
.cb-head p,.cb-ask dd,.cb-allow small{color:var(--rapport-muted)}
.cb-ask figure{display:grid;justify-items:center;gap:6px;margin:0;padding:14px 20px 10px;background:var(--rapport-accent-soft);overflow:hidden}
.cb-shot{position:relative;overflow:hidden;border-radius:8px;background:#fff;box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card)}
.cb-shot iframe{position:absolute;inset:0 auto auto 0;border:0;transform-origin:0 0;transform:scale(var(--cb-scale));max-width:none;pointer-events:none}
.cb-shot p{position:absolute;inset:0;display:grid;place-items:center;padding:16px;color:#4a5568;text-align:center}
.cb-ask figcaption{display:flex;gap:6px;font-size:12px;line-height:16px;color:var(--rapport-text)}
.cb-ask dl{display:grid;grid-template-columns:20px 1fr;gap:0 8px;padding:14px 20px 0}
.cb-ask dt{font-weight:650}
.cb-ask dd{grid-column:2;margin:0}
.cb-ask dd:not(:last-child){margin-bottom:8px}
.cb-ask dl .icon{color:var(--rapport-positive)}
.cb-ask dd+.icon{color:var(--rapport-danger)}
.cb-allow{display:grid;grid-template-columns:20px 1fr;gap:0 8px;margin:14px 20px 0;padding:12px 0;border-top:1px solid var(--rapport-line);cursor:pointer}
.cb-allow+.cb-allow{margin-top:0;padding-top:0;border:0}
.cb-allow input{width:18px;height:18px;margin:1px 0 0;accent-color:var(--rapport-accent);cursor:pointer}
.cb-allow b{font-weight:650;overflow-wrap:anywhere}
.cb-allow small{grid-column:2;font-size:13px;line-height:18px}
.cb-failed{padding:0 20px 8px;color:var(--rapport-danger)}
.cb-choice{position:sticky;bottom:0;display:grid;grid-template-columns:1fr 1fr;gap:12px;padding:12px 20px 20px;background:var(--rapport-surface)}
.cb-choice button{all:unset;box-sizing:border-box;display:grid;place-items:center;min-height:44px;padding:0 14px;border-radius:var(--rapport-radius-card);font-weight:650;text-align:center;cursor:pointer;box-shadow:inset 0 0 0 1.5px var(--rapport-edge)}
.cb-choice button:hover{background:var(--rapport-raised)}
.cb-choice .cb-yes{background:var(--rapport-accent)!important;color:var(--rapport-on-accent);box-shadow:none}
.cb-ask :focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.cb-ask h2:focus-visible{outline:none}
.cb-choice [aria-disabled=true]{cursor:default}
@media (max-height:559px){.cb-ask figure{padding-block:8px}}
@media (forced-colors:active){.cb-ask,.cb-ask button,.cb-shot{border:1px solid}}
`;
