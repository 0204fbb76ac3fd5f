export const styles = `
.drop-zone{position:absolute;inset:8px;z-index:1;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:8px;border:2px dashed var(--rapport-accent-text);border-radius:var(--rapport-radius-card);background:var(--rapport-surface);color:var(--rapport-accent-text);font-size:var(--rapport-size-16);font-weight:600;text-align:center;pointer-events:none}
.tray{display:flex;flex-direction:column;gap:4px;max-height:180px;overflow-y:auto;margin-bottom:var(--rapport-space-2)}
.tray>.file{flex:none}
.files{display:flex;flex-direction:column;gap:4px;max-width:100%}
.beside+.files{margin-top:4px}
.mine>.files{align-items:flex-end}
.files>.quiet{align-self:flex-end}
.file{all:unset;box-sizing:border-box;display:flex;align-items:center;gap:10px;min-height:52px;max-width:100%;padding:6px 10px 6px 6px;padding-inline:6px 10px;border-radius:var(--rapport-radius-card);background:var(--rapport-surface);box-shadow:inset 0 0 0 1px var(--rapport-line);color:var(--rapport-text);font-size:var(--rapport-size-13);line-height:18px}
button.file{cursor:pointer}
button.file:hover{background:var(--rapport-raised)}
button.file:focus-visible{outline:2px solid var(--rapport-accent-text);outline-offset:2px}
.file.refused{box-shadow:inset 0 0 0 1.5px var(--rapport-danger)}
.file-sign{flex:none;width:40px;height:40px;border-radius:var(--rapport-radius-control);display:grid;place-items:center;overflow:hidden;background:var(--rapport-raised);color:var(--rapport-muted)}
.file-sign>img{width:100%;height:100%;object-fit:cover}
.file-words{flex:1;min-width:0;display:flex;flex-direction:column}
.file-words>bdi{text-align:-webkit-match-parent;text-align:match-parent;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.file-words>span{color:var(--rapport-muted);font-size:var(--rapport-size-12);line-height:16px;overflow-wrap:anywhere}
.app .refusal{color:var(--rapport-danger)}
.file-remove{flex:none;width:28px;height:28px;border-radius:50%;display:grid;place-items:center;color:var(--rapport-muted)}
.file-remove:hover{background:var(--rapport-raised);color:var(--rapport-text)}
.file progress{appearance:none;width:140px;max-width:100%;height:6px;margin:5px 0;border:0;border-radius:3px;overflow:hidden;background:var(--rapport-line)}
.file progress::-webkit-progress-bar{background:var(--rapport-line)}
.file progress::-webkit-progress-value{background:var(--rapport-accent-text);transition:width var(--rapport-move)}
.file progress::-moz-progress-bar{background:var(--rapport-accent-text)}
.picture{display:block;max-width:100%;border-radius:var(--rapport-radius-bubble);overflow:hidden;background:var(--rapport-raised);box-shadow:0 0 0 1px var(--rapport-line);cursor:zoom-in}
.picture>img{display:block;width:100%;height:100%;object-fit:cover}
.lightbox{box-sizing:border-box;width:100vw;height:100dvh;max-width:none;max-height:none;margin:0;padding:0;border:0;background:#0d1013;color:#fff;font-family:var(--rapport-font)}
.lightbox[open]{display:flex;flex-direction:column}
.lightbox>img{flex:1;min-height:0;object-fit:contain;padding:var(--rapport-space-4);box-sizing:border-box;width:100%}
.lightbox-bar{display:flex;align-items:center;gap:var(--rapport-space-2);padding:var(--rapport-space-2) var(--rapport-space-4);padding-top:calc(var(--rapport-space-2) + env(safe-area-inset-top))}
.lightbox-bar>bdi{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:var(--rapport-size-14)}
.app .lightbox :focus-visible{outline-color:#fff}
@media (pointer:coarse){.file-remove{width:40px;height:40px}}
@media (forced-colors:active){.file,.picture{border:1px solid CanvasText}.drop-zone{border-color:Highlight}}
`;
