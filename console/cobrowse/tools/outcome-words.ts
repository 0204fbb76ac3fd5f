import type { ControlRefusal, Verb, VerbOutcome } from '../../../shared/model/control.ts';

const refused: Record<ControlRefusal, string> = {
  no_grant: 'You do not have control any more.',
  expired: 'Your time of control is over. Ask again if you need it.',
  out_of_scope: 'The visitor has not allowed this.',
  too_fast: 'Too fast: the page could not follow. Try again.',
  stale: 'The page has changed there. Look again and repeat.',
  protected: 'That is private: the visitor fills it in.',
  read_only: 'That cannot be changed.',
  elsewhere: 'That leads out of this site or to a new window: ask the visitor to press it.',
  not_possible: 'Nothing happens there.',
  no_focus: 'Click into a field first.',
  visitor_acts: 'The visitor is busy on the page. Try again in a moment.',
  visitor_refused: 'The visitor said no.',
  changed_since: 'There is nothing of yours left to undo.',
};

/** What an agent is told of an action; null: the page shows it. */
export function outcomeWords(verb: Verb | undefined, result: VerbOutcome): string | null {
  if (result.outcome === 'done') return null;
  if (result.outcome === 'proposed') return 'Suggested. The visitor decides.';
  // A wheel turned too far is no fault.
  if (verb?.kind === 'scroll' && result.because === 'not_possible') return null;
  return refused[result.because];
}
