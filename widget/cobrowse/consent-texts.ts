export const asks = (agent: string) => `${agent} would like to see this page`;
export const offers = 'Show your page to the team';
export const why = 'So that you can look at it together. You can stop at any time.';
export const shared = 'Shared';
export const sharedWhat = (site: string) => `Pages of ${site} in all tabs of this browser, as you see them`;
export const notShared = 'Never shared';
export const notSharedWhat =
  'Passwords, card details, what you type unless the page shows it, other websites and programs';
export const allow = (agent: string | null) => `Let ${agent ?? 'the team'} also click, scroll and type here`;
export const allowWhat = 'Never in password or card fields. You can take it back at any time.';
export const share = 'Share';
export const decline = 'Decline';
export const cancel = 'Not now';
export const covered = 'Something on this page covers these buttons, so Share is off. Close it to go on.';
export const failed = 'That did not work. Please try again.';
