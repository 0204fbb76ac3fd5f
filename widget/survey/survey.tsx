import type { ComponentChildren } from 'preact';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { isSurveyOpen, type WidgetState } from '../store.ts';
import { SatisfactionCard } from './satisfaction-card.tsx';

export { surveyStyles as styles } from './survey-styles.ts';

/** The satisfaction question where it stands, and the thanks for its answer. */
export interface Survey {
  /** Null where nothing is asked. */
  render(state: WidgetState, conversationId: string): ComponentChildren;
}

export function createSurvey(parts: { config: SiteConfig; actions: Pick<Actions, 'queue'> }): Survey {
  const { surveyQuestion, surveyThanks } = parts.config.texts;
  /** Answered while this page is open: their thanks stay in sight. */
  const thanked = new Set<string>();

  return {
    render(state, conversationId) {
      const survey = state.logs[conversationId]?.state.survey;
      if (!survey || survey.state === 'none') return null;
      const { surveyId } = survey;
      const answered = thanked.has(surveyId);
      if (!answered && !isSurveyOpen(state, conversationId)) return null;
      return (
        <SatisfactionCard
          question={surveyQuestion}
          thanks={surveyThanks}
          answered={answered}
          onAnswer={(score, comment) => {
            thanked.add(surveyId);
            parts.actions.queue({ kind: 'survey_answer', conversationId, surveyId, score, comment });
          }}
          onDismiss={() => parts.actions.queue({ kind: 'survey_dismiss', conversationId, surveyId })}
        />
      );
    },
  };
}
