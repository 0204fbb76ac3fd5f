import { names } from '../texts.ts';

export const asks = (agent: string) => `${agent} would like to see this page`;
export const offers = 'Show your page to the team';
export const why = 'So that you can look at it together. You can stop at any time.';
export const preview = 'What is shown';
export const yourPage = 'This page';
export const hidden = 'Hidden';
export const shared = 'Shared';
export const sharedWhat = (site: string) => `Pages of ${site} in all tabs of this browser, as you see them`;
export const notShared = 'Never shared';
export const notSharedWhat =
  'Passwords, card details, what you type unless the page shows it, other websites and programs';
export const share = 'Share';
export const decline = 'Decline';
export const cancel = 'Not now';
export const failed = 'That did not work. Please try again.';

export const banner = 'Page sharing';
export const watching = (agents: readonly string[]) =>
  `${names(agents)} ${agents.length === 1 ? 'sees' : 'see'} this page`;
export const shownTo = 'You are sharing this page';
export const nobody = 'nobody is looking right now';
export const paused = 'no connection, trying again';
export const waiting = 'Waiting for someone of the team to look';
export const stop = 'Stop sharing';
export const withdraw = 'Cancel';
export const toBottom = 'Move to the bottom';
export const toTop = 'Move to the top';
export const stopped = 'You stopped sharing. Nobody sees this page any more.';
export const ended = 'Page sharing has ended.';
