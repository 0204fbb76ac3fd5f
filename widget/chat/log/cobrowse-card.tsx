import type { CobrowseSummary } from '../../../shared/model/cobrowse-summary.ts';
import * as logTexts from './log-texts.ts';

/** What a session of sharing was, in plain words: who saw the page and for how long, which pages, what they did. */
export function CobrowseCard({ summary }: { summary: CobrowseSummary }) {
  const { pages, watchers, actions, morePages, moreActions } = summary;
  const more = morePages + moreActions;
  return (
    <details class="form-summary">
      <summary dir="auto">{logTexts.sawYourPage(watchers.map(({ name }) => name))}</summary>
      <dl>
        {watchers.map(({ id, name, watchedMs }) => (
          <div key={id}>
            <dt dir="auto">{name}</dt>
            <dd>{logTexts.duration(watchedMs)}</dd>
          </div>
        ))}
        {pages.map(({ url, title, atMs, stayMs }) => (
          <div key={`${atMs} ${url}`}>
            <dt dir="auto">{title || url}</dt>
            <dd>{logTexts.duration(stayMs)}</dd>
          </div>
        ))}
        {actions.map(({ agentName, words }, index) => (
          <div key={index}>
            <dt dir="auto">{`${agentName} ${words}`}</dt>
          </div>
        ))}
      </dl>
      {more > 0 && logTexts.andMore(more)}
    </details>
  );
}
