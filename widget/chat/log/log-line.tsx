import type { Entry } from '../../../shared/model/conversation.ts';
import { CobrowseCard } from './cobrowse-card.tsx';
import { FormSummary } from './form-summary.tsx';
import { systemLine } from './system-line.ts';

export { TypingDots } from './typing-dots.tsx';

/** What stands between messages: who joined, what was filled in, that a page was shared. */
export function LogLine({ entry }: { entry: Entry }) {
  if (entry.kind === 'form') return <FormSummary form={entry.payload} />;
  if (entry.kind === 'cobrowse' && entry.payload.event === 'summary') {
    return <CobrowseCard summary={entry.payload.summary} />;
  }
  const text = systemLine(entry);
  return text === null ? null : (
    <div class="system" dir="auto">
      {text}
    </div>
  );
}

export const styles = `
.form-summary{align-self:center;max-width:90%;box-sizing:border-box;margin-top:var(--rapport-space-3);padding:10px var(--rapport-space-3);border-radius:var(--rapport-radius-card);box-shadow:inset 0 0 0 1px var(--rapport-line);font-size:var(--rapport-size-12);line-height:18px;color:var(--rapport-muted);overflow-wrap:anywhere}
.form-summary :is(dl,dd){margin:0}
.form-summary dl>div{display:flex;flex-wrap:wrap;gap:0 6px}
.form-summary>summary{cursor:pointer}
.form-summary dd{color:var(--rapport-text)}
.message.writing>.avatar{bottom:0}
.dots{display:flex;gap:4px;padding:14px}
.dots>i{width:6px;height:6px;border-radius:50%;background:var(--rapport-muted);animation:dot 1.2s infinite}
.dots>:nth-child(2){animation-delay:.15s}
.dots>:nth-child(3){animation-delay:.3s}
@keyframes dot{0%,60%,to{transform:none;opacity:.5}30%{transform:translateY(-4px);opacity:1}}
@media (forced-colors:active){.dots>i{background:CanvasText}}
`;
