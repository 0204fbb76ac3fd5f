import { X } from 'lucide';
import { useState } from 'preact/hooks';
import { maxCommentChars } from '../../shared/limits.ts';
import type { Score } from '../../shared/model/survey.ts';
import * as texts from '../texts.ts';
import { Icon } from '../ui/icon.tsx';
import * as surveyTexts from './texts.ts';

export interface SatisfactionCardProps {
  question: string;
  thanks: string;
  /** Already given, here or in another tab: only the thanks is left. */
  answered: boolean;
  onAnswer(score: Score, comment: string): void;
  onDismiss(): void;
}

const scores: readonly Score[] = [1, 2, 3, 4, 5];

/** The question after a conversation: 1 (very unsatisfied) to 5 (very satisfied) and, if wanted, a comment. */
export function SatisfactionCard({ question, thanks, answered, onAnswer, onDismiss }: SatisfactionCardProps) {
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState('');
  const left = maxCommentChars - comment.trim().length;

  if (answered) {
    return (
      <section class="survey thanks">
        <p role="status" dir="auto">
          {thanks}
        </p>
      </section>
    );
  }

  return (
    <form
      class="survey"
      aria-labelledby="survey-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (score !== null && left >= 0) onAnswer(score, comment.trim());
      }}
    >
      <button
        type="button"
        class="dismiss"
        aria-label={surveyTexts.dismiss}
        title={surveyTexts.dismiss}
        onClick={onDismiss}
      >
        <Icon of={X} size={18} />
      </button>
      <div class="question">
        <p id="survey-question" dir="auto">
          {question}
        </p>
      </div>
      {/* Native radio buttons: arrow keys, one tab stop and the words of screen readers come with them. */}
      <div class="scale" role="radiogroup" aria-labelledby="survey-question">
        {scores.map((value) => (
          <label key={value} title={surveyTexts.scores[value - 1]}>
            <input
              type="radio"
              name="score"
              value={value}
              checked={score === value}
              aria-label={`${value}, ${surveyTexts.scores[value - 1]}`}
              onChange={() => setScore(value)}
            />
            <span>{value}</span>
          </label>
        ))}
      </div>
      <div class="ends" aria-hidden="true">
        {score === null ? (
          <>
            <span>{surveyTexts.scores[0]}</span>
            <span>{surveyTexts.scores[4]}</span>
          </>
        ) : (
          <b>{surveyTexts.scores[score - 1]}</b>
        )}
      </div>
      {score !== null && (
        <div class="more">
          <textarea
            rows={2}
            dir="auto"
            value={comment}
            placeholder={surveyTexts.comment}
            aria-label={surveyTexts.comment}
            aria-invalid={left < 0}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          {left < 0 && (
            <div class="count over" role="status">
              {texts.charsOver(-left)}
            </div>
          )}
          <button type="submit" class="submit" disabled={left < 0}>
            {surveyTexts.sendAnswer}
          </button>
        </div>
      )}
    </form>
  );
}
