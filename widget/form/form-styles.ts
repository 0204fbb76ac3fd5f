export const formStyles = `
.page{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:var(--rapport-space-5) var(--rapport-space-4);scrollbar-width:thin;display:flex;flex-direction:column;gap:var(--rapport-space-4)}
.page h2{font-size:var(--rapport-size-20);line-height:26px;font-weight:700;overflow-wrap:anywhere;outline:none}
.page p{overflow-wrap:anywhere;white-space:pre-line}
.page .gentle{color:var(--rapport-muted)}
.page a{color:var(--rapport-accent-text);text-decoration:underline;text-underline-offset:2px;min-height:24px;display:inline-block}
.asked{display:flex;flex-direction:column;gap:4px}
.asked>label,.asked>.name{font-weight:600;overflow-wrap:anywhere}
.asked small{font-size:var(--rapport-size-12);font-weight:400;color:var(--rapport-muted)}
.asked :is(input:not([type=checkbox]),select,textarea){all:unset;box-sizing:border-box;width:100%;min-height:44px;padding:10px 12px;border:1px solid var(--rapport-edge);border-radius:var(--rapport-radius-control);background:var(--rapport-surface);font-size:var(--rapport-size-16);line-height:22px;color:var(--rapport-text);overflow-wrap:anywhere}
.asked select{appearance:auto}
.asked textarea{resize:vertical;min-height:88px;white-space:pre-wrap;overflow-y:auto}
.asked :is(input,select,textarea):focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:1px}
.asked [aria-invalid=true]{border-color:var(--rapport-danger)!important;box-shadow:0 0 0 1px var(--rapport-danger)}
.asked .tick{display:flex;gap:10px;align-items:flex-start;min-height:24px;font-weight:400;cursor:pointer}
.asked input[type=checkbox]{flex:none;width:20px;height:20px;margin:0;accent-color:var(--rapport-accent)}
.fault{color:var(--rapport-danger);font-size:var(--rapport-size-13);line-height:18px}
.fault:empty{display:none}
.choices{display:flex;flex-wrap:wrap;gap:var(--rapport-space-2);align-items:center}
.app .primary{min-height:44px;padding:10px 18px;border-radius:22px;background:var(--rapport-accent);color:var(--rapport-on-accent);font-weight:650;text-align:center}
.app .secondary{min-height:44px;padding:10px 18px;border-radius:22px;box-shadow:inset 0 0 0 1px var(--rapport-edge);font-weight:600;text-align:center}
.app .secondary:hover{background:var(--rapport-raised)}
.email-card{flex:none;padding:var(--rapport-space-3) var(--rapport-space-4);background:var(--rapport-raised);border-bottom:1px solid var(--rapport-line);display:flex;flex-direction:column;gap:var(--rapport-space-2)}
.email-card form{display:flex;gap:var(--rapport-space-2);align-items:flex-end}
.email-card .asked{flex:1;min-width:0}
@media (forced-colors:active){.app :is(.primary,.secondary){border:1px solid ButtonText}}
`;
