export const asks = (agent: string) => `${agent} would like to see this page`;
export const offers = 'Show your page to the team';
export const why = 'So that you can look at it together. You can stop at any time.';
export const preview = (agent: string | null) => `What ${agent ?? 'the team'} would see of this page`;
export const previewNote = (agent: string | null, hidden: number) =>
  `${preview(agent)}${hidden > 0 ? `, with ${hidden === 1 ? 'one part' : `${hidden} parts`} hidden` : ''}. Nothing is sent yet.`;
export const preparing = 'Preparing the preview…';
export const noPreview = 'There is no preview of this page.';
export const shared = 'Shared';
export const sharedWhat = (site: string) => `Pages of ${site}, in all tabs of this browser`;
export const notShared = 'Never shared';
export const notSharedWhat =
  'Passwords, card details, what you type unless the page shows it, other sites and programs';
export const allow = (agent: string | null) => `Let ${agent ?? 'the team'} also click, scroll and type here`;
export const allowWhat = 'Never in password or card fields. You can take it back at any time.';
export const record = 'Let the team record this session';
export const recordWhat = (days: number) =>
  `As agents see it, encrypted, for ${days === 1 ? 'one day' : `${days} days`}. You can stop it alone.`;
export const share = 'Share';
export const decline = 'Decline';
export const cancel = 'Not now';
export const covered = 'Something on this page covers these buttons, so Share is off. Close it to go on.';
export const failed = 'That did not work. Please try again.';
