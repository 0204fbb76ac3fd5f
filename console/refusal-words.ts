import type { ErrorCode, Refusal } from '../shared/errors.ts';
import { remainingWords } from './ui/time-words.ts';

const words: Record<ErrorCode, string> = {
  malformed: 'The server did not understand this. Reload the page; it may be an older version.',
  unauthenticated: 'Your sign-in has expired. Sign in again.',
  wrong_credentials: 'The e-mail address or the password is not right.',
  forbidden: 'Your role does not allow this. Ask an owner of the site.',
  origin_not_allowed: 'This address may not reach the server.',
  not_found: 'It is not there any more, or you have no access to it.',
  unknown_site: 'This site does not exist.',
  unknown_event: 'The server does not know this command. Reload the page; it may be an older version.',
  client_id_reused: 'This was already sent with other words. Copy the text and send it as a new message.',
  wrong_phase: 'This cannot be done any more: something has changed meanwhile.',
  already_exists: 'This exists already.',
  too_large: 'This is too large.',
  empty_file: 'This file has no content.',
  unsupported_file: 'Files of this type are not taken here, or the file is not what its name says.',
  identity_invalid: 'This identity token was not signed with a key of this site.',
  identity_expired: 'This identity token has expired.',
  identity_required: 'This site takes names and addresses only in a token that it has signed.',
  too_late: 'This can only be changed for 15 minutes.',
  rate_limited: 'Too many tries.',
  internal: 'Something went wrong on the server. Try again.',
  page_not_shared: 'The site does not let the page that the visitor is on be shared.',
  viewer_not_configured:
    'Co-browsing is not set up on this server: it needs a second address (VIEWER_ORIGIN).',
  recording_not_configured:
    'Recording is not set up on this server: it needs a key (RAPPORT_RECORDING_KEY). Ask who runs the server.',
  recording_damaged: 'The recording cannot be read: its file was changed, or the server has another key.',
  unavailable: 'The server cannot be reached. Nothing was lost; try again.',
};

/** A refusal in words that an agent can act on. */
export function refusalWords(refusal: Pick<Refusal, 'error' | 'retryAfterMs'>): string {
  if (refusal.error === 'rate_limited' && refusal.retryAfterMs !== undefined) {
    return `${words.rate_limited} Try again in ${remainingWords(refusal.retryAfterMs)}.`;
  }
  return words[refusal.error];
}
