import type { Score } from '../shared/model/survey.ts';
import type { View } from './store.ts';

/** What the visitor can do; components know nothing of how. */
export interface Actions {
  closePanel(): void;
  show(view: View): void;
  send(text: string): void;
  retry(clientId: string): void;
  remove(clientId: string): void;
  setTyping(conversationId: string, typing: boolean): void;
  /** Everything of this conversation is on screen. */
  read(conversationId: string): void;
  load(conversationId: string): void;
  answerSurvey(conversationId: string, surveyId: string, score: Score, comment: string): void;
  dismissSurvey(conversationId: string, surveyId: string): void;
  offerCobrowse(): void;
  draft(view: View): string;
  setDraft(view: View, text: string): void;
}
