import type { SatisfactionAnswer } from '../../shared/wire.ts';
import { TimeText } from '../ui/time-text.tsx';
import './answer-list.css';

/** The newest answers; each leads to its conversation. */
export function AnswerList({ answers }: { answers: SatisfactionAnswer[] }) {
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Newest answers</h2>
      {answers.length === 0 ? (
        <p class="muted answer-none">Nobody has answered in this period yet.</p>
      ) : (
        <ul class="answers card">
          {answers.map((answer) => (
            <li key={`${answer.conversationId} ${answer.atMs}`}>
              <a class="answer" href={`/console/inbox/${answer.conversationId}`}>
                <span class={answer.score >= 4 ? 'answer-score answer-score-top' : 'answer-score'}>
                  {answer.score}
                  <span class="unseen"> of 5.</span>
                </span>
                <span class="answer-words">
                  <span class="answer-who">
                    <bdi class="ellipsis">{answer.visitorName}</bdi>
                    {answer.agentName ? (
                      <span class="muted ellipsis">
                        helped by <bdi>{answer.agentName}</bdi>
                      </span>
                    ) : null}
                  </span>
                  {answer.comment ? (
                    <span class="answer-comment" dir="auto">
                      {answer.comment}
                    </span>
                  ) : null}
                </span>
                <span class="muted answer-time">
                  <TimeText atMs={answer.atMs} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
