export const surveyStyles = `
.survey{position:relative;margin-top:var(--rapport-space-4);padding:var(--rapport-space-4);border-radius:var(--rapport-radius-card);background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);animation:rise var(--rapport-move)}
.survey .question{padding-inline-end:32px;font-weight:600;text-wrap:pretty;overflow-wrap:anywhere}
.survey .dismiss{position:absolute;inset-block-start:4px;inset-inline-end:4px;width:44px;height:44px;display:grid;place-items:center;border-radius:50%;color:var(--rapport-muted)}
.survey .dismiss:hover{color:var(--rapport-text);background:var(--rapport-raised)}
.scale{display:grid;grid-template-columns:repeat(5,1fr);gap:var(--rapport-space-2);margin-top:var(--rapport-space-3)}
.scale>label{position:relative;display:block;cursor:pointer}
.scale input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.scale span{display:grid;place-items:center;min-height:48px;border-radius:var(--rapport-radius-card);border:1px solid var(--rapport-edge);font-size:var(--rapport-size-16);font-weight:600;font-variant-numeric:tabular-nums;transition:background var(--rapport-fast)}
.scale label:hover span{background:var(--rapport-accent-soft)}
.scale input:checked+span{background:var(--rapport-accent);border-color:var(--rapport-accent);color:var(--rapport-on-accent)}
.scale input:focus-visible+span{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:var(--rapport-space-2);margin-top:6px;min-height:18px;font-size:var(--rapport-size-12);line-height:18px;color:var(--rapport-muted)}
.ends>b{margin:auto;color:var(--rapport-text);font-weight:600}
.more>textarea{all:unset;display:block;width:100%;box-sizing:border-box;margin-top:var(--rapport-space-2);padding:8px 12px;border:1px solid var(--rapport-edge);border-radius:var(--rapport-radius-card);white-space:pre-wrap;overflow-wrap:anywhere;overflow-y:auto;max-height:96px;cursor:text}
.more>textarea:focus{border-color:var(--rapport-accent-text);box-shadow:0 0 0 1px var(--rapport-accent-text)}
.more>textarea::placeholder{color:var(--rapport-muted);opacity:1}
.more>.count.over{color:var(--rapport-danger);padding:0}
.submit{display:block;width:100%;margin-top:var(--rapport-space-2);min-height:44px;border-radius:var(--rapport-radius-card);text-align:center;font-weight:600;background:var(--rapport-accent);color:var(--rapport-on-accent)}
.submit:disabled{opacity:.5;cursor:default}
.thanks{text-align:center;text-wrap:balance}
@media (pointer:coarse),(max-width:479.98px){.more>textarea{font-size:var(--rapport-size-16)}}
@media (forced-colors:active){.survey,.submit{border:1px solid CanvasText}.scale input:checked+span{background:Highlight;color:HighlightText;forced-color-adjust:none}}
`;
