/** Drawn in the widget's own root. */
export const codeStyles = `
.cb-code{box-sizing:border-box;position:fixed;inset:0;margin:auto;width:380px;max-width:calc(100vw - 24px);padding:20px;border:0;border-radius:var(--rapport-radius-panel);background:var(--rapport-surface);color:var(--rapport-text);font:14px/20px var(--rapport-font);text-align:center;box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-panel)}
.cb-code::backdrop{background:rgba(10,15,20,.5)}
.cb-code h2{margin:0 0 6px;font-size:16px;line-height:22px;font-weight:650;outline:none}
.cb-code p{margin:0;color:var(--rapport-muted)}
.cb-code output{display:grid;place-items:center;min-height:72px;margin:12px 0;border-radius:var(--rapport-radius-card);background:var(--rapport-accent-soft);color:var(--rapport-text);font:650 36px/44px var(--rapport-font);font-variant-numeric:tabular-nums;letter-spacing:.06em}
.cb-code-words{font:14px/20px var(--rapport-font);letter-spacing:0}
.cb-code-choice{display:flex;gap:12px;margin-top:16px}
.cb-code button{all:unset;box-sizing:border-box;flex:1;display:grid;place-items:center;min-height:44px;border-radius:var(--rapport-radius-card);box-shadow:inset 0 0 0 1.5px var(--rapport-edge);font-weight:650;cursor:pointer}
.cb-code button:hover{background:var(--rapport-raised)}
.cb-code :focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.cb-code h2:focus-visible{outline:none}
@media (forced-colors:active){.cb-code,.cb-code button{border:1px solid}}
`;
