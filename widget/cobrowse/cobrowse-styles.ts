/** The layer above the page, and the edge that marks a shared page. */
export const overlayStyles = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:0!important;z-index:2147483647!important;pointer-events:none!important}
@media print{:host{display:none!important}}
.cb-layer{box-sizing:border-box;position:fixed;inset:0;width:auto;height:auto;margin:0;border:0;padding:0;background:none;overflow:hidden;pointer-events:none;font:14px/20px var(--rapport-font);color:var(--rapport-text)}
.cb-edge{position:absolute;inset:0;border:4px solid var(--rapport-accent);box-shadow:inset 0 0 0 1px rgba(255,255,255,.6)}
.cb-edge[hidden]{display:none}
`;
