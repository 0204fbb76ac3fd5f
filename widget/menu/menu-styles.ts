export const menuStyles = `
.menu{position:absolute;z-index:3;inset-block-start:calc(100% - 4px);inset-inline-end:8px;min-width:220px;max-width:calc(100% - 16px);padding:4px;border-radius:var(--rapport-radius-card);background:var(--rapport-surface);color:var(--rapport-text);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);font-size:var(--rapport-size-14);line-height:20px}
.menu>button{display:flex;align-items:center;gap:10px;width:100%;min-height:40px;padding:8px 10px;border-radius:var(--rapport-radius-control)}
.menu>button>span:first-of-type{flex:1;min-width:0}
.menu>button:is(:hover,:focus-visible){background:var(--rapport-raised)}
.app .header .menu :focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:-2px}
.menu .icon{color:var(--rapport-muted)}
.menu>.end-item,.menu>.end-item .icon{color:var(--rapport-danger)}
.menu .mark-on{width:18px}
.menu>p{padding:4px 10px 8px;color:var(--rapport-danger);font-size:var(--rapport-size-13);line-height:18px}
.menu>p:empty{display:none}
.ending{position:absolute;z-index:2;inset:auto 0 0;display:flex;align-items:center;justify-content:space-between;gap:var(--rapport-space-4);min-height:76px;padding:var(--rapport-space-3) var(--rapport-space-4);padding-block-end:calc(var(--rapport-space-3) + env(safe-area-inset-bottom));background:var(--rapport-raised);border-top:1px solid var(--rapport-line)}
.ending .again{min-height:40px;padding:0 14px;display:grid;place-items:center}
@media (forced-colors:active){.menu{border:1px solid CanvasText}}
`;
