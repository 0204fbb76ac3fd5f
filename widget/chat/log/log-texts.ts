import { names } from '../../texts.ts';

/** What the lines between messages say. */

/** `45 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`;
}

const scores = ['Very unsatisfied', 'Unsatisfied', 'Neither', 'Satisfied', 'Very satisfied'];

export const typing = (name: string) => `${name} is typing…`;
export const filledIn = 'You filled in';
export const agreed = 'You agreed:';
export const joined = (name: string) => `${name} joined`;
export const willAnswer = (name: string) => `${name} will answer you`;
export const endedByYou = 'You ended this conversation';
export const closedBy = (name: string | null) =>
  name ? `${name} closed this conversation` : 'Conversation closed';
export const reopened = 'Conversation reopened';
export const cobrowseRequested = (name: string) => `${name} asked to see your page`;
export const cobrowseOffered = 'You offered to show your page';
export const cobrowseStarted = 'You are sharing your page';
export const cobrowseDeclined = 'You did not share your page';
export const cobrowseVisitorStopped = (ms: number) => `You stopped sharing after ${duration(ms)}`;
export const cobrowseAgentStopped = (name: string, ms: number) =>
  `${name} ended the sharing after ${duration(ms)}`;
export const cobrowseExpired = 'The offer to share the page has lapsed';
export const cobrowseGone = (ms: number) => `Sharing ended after ${duration(ms)}: the connection was lost`;
export const cobrowseWithdrawn = 'The offer to share the page was taken back';
export const recordingStopped = 'You stopped the recording';
export const recordingDeleted = 'The recording of your page was deleted';
export const sawYourPage = (agents: readonly string[]) =>
  agents.length > 0 ? `${names(agents)} saw your page` : 'Nobody saw your page';
export const andMore = (count: number) => `and ${count} more`;
export const answered = (score: number) => `Your answer: ${scores[score - 1] ?? ''} (${score} of 5)`;
export const anAgent = 'Our team';
