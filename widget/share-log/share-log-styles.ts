export const shareLogStyles = `
.sl{box-sizing:border-box;width:min(420px,calc(100vw - 24px));max-height:min(640px,calc(100dvh - 24px));margin:auto;padding:0;border:1px solid var(--rapport-line);border-radius:var(--rapport-radius-card);background:var(--rapport-surface);color:var(--rapport-text);font:14px/20px var(--rapport-font);text-align:start}
.sl[open]{display:flex;flex-direction:column}
.sl::backdrop{background:rgb(0 0 0/.4)}
.sl>*{margin:0;padding:12px 16px}
.sl h2{font-size:var(--rapport-size-16);line-height:24px;margin:0 0 4px}
.sl .sl-list{flex:1;overflow-y:auto;padding-block:0}
.sl .sl-list:focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:-2px}
.sl h3{margin:12px 0 4px;font-size:var(--rapport-size-13)}
.sl ul{margin:0;padding:0;list-style:none}
.sl li{display:flex;gap:10px;padding:3px 0;overflow-wrap:anywhere}
.sl time,.sl .sl-head p,.sl .sl-said{color:var(--rapport-muted)}
.sl li time{flex:none;font-variant-numeric:tabular-nums}
.sl .sl-foot{display:flex;flex-wrap:wrap;gap:8px;border-top:1px solid var(--rapport-line)}
.sl button{min-height:40px;padding:0 14px;border:1px solid var(--rapport-line);border-radius:var(--rapport-radius-control);background:var(--rapport-surface);color:inherit;font:inherit;cursor:pointer}
.sl button:hover{background:var(--rapport-raised)}
.sl button:focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.sl .sl-foot button:last-child{margin-inline-start:auto}
.sl .sl-said{padding-block:8px;min-height:20px}
`;
