import type { SatisfactionResults } from '../../shared/model/survey.ts';
import { percent } from './results-words.ts';
import './distribution.css';

const scoreWords = ['Very unsatisfied', 'Unsatisfied', 'Neither', 'Satisfied', 'Very satisfied'];

/** Answers per score: a table whose rows carry their bars, so that eyes and screen readers get the same. */
export function Distribution({ results }: { results: SatisfactionResults }) {
  const most = Math.max(1, ...results.distribution);
  const rows = results.distribution.map((count, index) => ({ score: index + 1, count })).reverse();
  return (
    <section aria-labelledby="distribution">
      <h2 id="distribution">Answers by score</h2>
      <table class="distribution">
        <thead class="unseen">
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Bar</th>
            <th scope="col">Answers</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ score, count }) => (
            <tr key={score}>
              <th scope="row">
                <span class="distribution-score">{score}</span> {scoreWords[score - 1]}
              </th>
              <td class="distribution-cell">
                <span
                  class={score >= 4 ? 'distribution-bar distribution-bar-top' : 'distribution-bar'}
                  style={{ inlineSize: `${(count / most) * 100}%` }}
                />
              </td>
              <td class="distribution-count">{count}</td>
              <td class="distribution-share">{results.n === 0 ? '–' : percent(count / results.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
