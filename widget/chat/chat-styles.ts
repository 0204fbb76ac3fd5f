export const chatStyles = `
.list{flex:1;min-height:0;position:relative;display:flex;flex-direction:column}
.scroller{flex:1;overflow-y:auto;overflow-anchor:none;position:relative;overscroll-behavior:contain;outline-offset:-2px;scrollbar-width:thin;scrollbar-color:var(--rapport-line) transparent}
.rows{box-sizing:border-box;min-height:100%;display:flex;flex-direction:column;justify-content:flex-end;padding:var(--rapport-space-4)}
.day{display:flex;align-items:center;gap:var(--rapport-space-3);margin:var(--rapport-space-4) 0 var(--rapport-space-2);color:var(--rapport-muted);font-size:var(--rapport-size-12)}
.day:first-child{margin-top:0}
.day::before,.day::after{content:"";flex:1;border-top:1px solid var(--rapport-line)}
.news{color:var(--rapport-accent-text);font-weight:600}
.news::before,.news::after{border-color:currentColor}
.system,.hint{margin:var(--rapport-space-3) auto 0;max-width:90%;text-align:center;color:var(--rapport-muted);font-size:var(--rapport-size-12);line-height:16px;text-wrap:balance;overflow-wrap:anywhere}
.rows>.notice-card{margin-top:var(--rapport-space-4)}
.message{display:flex;flex-direction:column;position:relative;max-width:84%;margin-top:2px}
.avatar>img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}
.message.first{margin-top:var(--rapport-space-3)}
.mine{align-self:flex-end;align-items:flex-end}
.theirs{align-self:flex-start;align-items:flex-start;padding-inline-start:36px}
.theirs>.avatar{position:absolute;inset-inline-start:0;top:auto;bottom:20px;width:28px;height:28px;font-size:11px}
.sender{margin:0 0 3px 2px;font-size:var(--rapport-size-12);line-height:16px;color:var(--rapport-muted);max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bubble{padding:8px 12px;border-radius:var(--rapport-radius-bubble);font-size:var(--rapport-size-14);line-height:20px;white-space:pre-wrap;overflow-wrap:anywhere;max-width:100%;box-sizing:border-box}
.beside{position:relative;max-width:100%}
.message .gone{background:none;box-shadow:inset 0 0 0 1px var(--rapport-line);color:var(--rapport-muted);font-style:italic}
.files-wait{height:52px}
.aside{position:absolute;inset-inline-end:100%;bottom:0;display:flex;align-items:center;gap:2px;padding-inline-end:6px;min-height:36px;color:var(--rapport-muted)}
.more{width:28px;height:28px;border-radius:50%;display:grid;place-items:center;opacity:0}
.more:hover{background:var(--rapport-raised)}
.message:hover .more,.more:focus-visible,.more[aria-expanded=true]{opacity:1}
.mine .bubble{background:var(--rapport-accent);color:var(--rapport-on-accent)}
.theirs .bubble{background:var(--rapport-raised)}
.mine:not(.last) .bubble{border-end-end-radius:4px}
.mine:not(.first) .bubble{border-start-end-radius:4px}
.theirs:not(.last) .bubble{border-end-start-radius:4px}
.theirs:not(.first) .bubble{border-start-start-radius:4px}
.message .bubble.emoji{background:none;padding:0;font-size:36px;line-height:44px}
.bubble a{color:var(--rapport-accent-text);text-decoration:underline;text-underline-offset:2px;unicode-bidi:isolate}
.mine .bubble a{color:inherit}
.failed .bubble{background:transparent;color:var(--rapport-text);box-shadow:inset 0 0 0 1.5px var(--rapport-danger)}
.meta{display:flex;align-items:center;flex-wrap:wrap;gap:0 6px;margin:4px 2px 0;min-height:16px;font-size:var(--rapport-size-12);line-height:16px;color:var(--rapport-muted);font-variant-numeric:tabular-nums}
.mine>.meta{justify-content:flex-end}
.meta>time~span::before{content:"·";margin-inline-end:3px}
.status{display:inline-flex;align-items:center;gap:3px}
.read>.meta .status{color:var(--rapport-accent-text)}
.failure{color:var(--rapport-danger)}
.failure>.icon{flex:none}
.link{font-size:inherit;font-weight:600;line-height:16px;color:var(--rapport-danger);text-decoration:underline;text-underline-offset:2px;padding:4px;margin:-4px;margin-inline-start:0}
.quiet{align-self:center;padding:8px 14px;border-radius:18px;font-size:var(--rapport-size-13);font-weight:600;color:var(--rapport-accent-text)}
.quiet:hover{background:var(--rapport-raised)}
.below{position:absolute;bottom:12px;left:50%;transform:translateX(-50%);display:flex;align-items:center;gap:6px;height:36px;padding:0 14px;border-radius:18px;background:var(--rapport-surface);box-shadow:0 0 0 1px var(--rapport-line),var(--rapport-shadow-card);font-size:var(--rapport-size-13);font-weight:600}
.skeleton{justify-content:flex-end;gap:10px;padding:var(--rapport-space-4);animation:late .4s}
.skeleton>i{height:36px;width:62%;border-radius:var(--rapport-radius-bubble);background:var(--rapport-raised)}
@keyframes late{0%,50%{opacity:0}}
.utility{flex:none;width:32px;height:36px;border-radius:50%;display:grid;place-items:center;color:var(--rapport-muted)}
.utility:hover{color:var(--rapport-text)}
.composer{padding:var(--rapport-space-2) var(--rapport-space-3) calc(var(--rapport-space-3) + env(safe-area-inset-bottom)*var(--full,0))}
.field{display:flex;align-items:flex-end;border:1px solid var(--rapport-edge);border-radius:22px;background:var(--rapport-surface);padding:3px}
.field:focus-within{border-color:var(--rapport-accent-text);box-shadow:0 0 0 1px var(--rapport-accent-text)}
.field.over{border-color:var(--rapport-danger);box-shadow:0 0 0 1px var(--rapport-danger)}
.field>textarea{all:unset;flex:1;min-width:0;box-sizing:border-box;padding-block:8px;padding-inline:13px 4px;font-size:var(--rapport-size-14);line-height:20px;white-space:pre-wrap;overflow-wrap:anywhere;min-height:36px;cursor:text}
.field>textarea::placeholder{color:var(--rapport-muted);opacity:1}
.send{flex:none;width:36px;height:36px;border-radius:50%;display:grid;place-items:center;background:var(--rapport-accent);color:var(--rapport-on-accent);transition:transform var(--rapport-fast),opacity var(--rapport-fast)}
.send:disabled{background:var(--rapport-raised);color:var(--rapport-muted);cursor:default}
.send:not(:disabled):active{transform:scale(.92)}
.count{font-size:var(--rapport-size-12);line-height:16px;color:var(--rapport-muted);text-align:end;padding-inline:var(--rapport-space-3);font-variant-numeric:tabular-nums}
.count:not(:empty){margin-top:4px}
.over+.count{color:var(--rapport-danger)}
@media (hover:none){.more{opacity:1}}
@media (pointer:coarse),(max-width:479.98px){.utility{width:36px;height:40px}.field>textarea{font-size:var(--rapport-size-16);line-height:22px;min-height:40px}.send{width:40px;height:40px}.link{padding:12px 8px;margin:-10px -4px}}
@media (forced-colors:active){.bubble{border:1px solid CanvasText}.mine .bubble{border-style:double;border-width:3px}}
`;
