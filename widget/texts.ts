/** Every English word the widget says by itself; the site's own words come with its configuration. */

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 more`. */
export function names(all: readonly string[]): string {
  const [first = '', second = ''] = all;
  if (all.length < 2) return first;
  return all.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${all.length - 2} more`;
}

export const panel = (site: string) => `Messages with ${site}`;
export const close = 'Close';
export const back = 'Back to start';
export const crashed = 'Something went wrong. Please close and open again.';
export const unread = (count: number) => plural(count, 'unread message', 'unread messages');
export const question = 'a question for you';
export const newFrom = (name: string) => `New message from ${name}`;

export const menu = 'More';
export const usually = (ms: number) => {
  const minutes = ms / 60_000;
  if (minutes <= 15) return 'Usually replies in a few minutes';
  if (minutes <= 120) return 'Usually replies in about an hour';
  return minutes <= 1_440 ? 'Usually replies within a day' : 'Usually replies within a few days';
};
export const queue = (position: number) => `You are number ${position}. We will be with you soon.`;
export const signedOut = 'Sign in on this page to see your conversations.';
export const startAnew = 'Start without signing in';

export const online = 'Online';
export const away = 'Away';
export const here = (agents: readonly string[]) =>
  `${names(agents)} ${agents.length === 1 ? 'is' : 'are'} here`;
export const noConnection = 'No connection. Trying again…';
export const refused = 'The chat is not available right now.';

export const deleted = 'Message deleted';
export const you = 'You';
export const showPage = 'Show us your page';
export const showPageMore = 'You decide what we see.';

export const messages = 'Messages';
export const write = 'Your message';
export const send = 'Send';
export const sendKey = 'Send (Enter)';
export const charsLeft = (left: number) => plural(left, 'character left', 'characters left');
export const charsOver = (over: number) => `${plural(over, 'character', 'characters')} too many`;
export const earlier = 'Show earlier messages';
export const newBelow = 'New messages';
export const toEnd = 'To the end';
export const loading = 'Loading messages…';

export const sending = 'Sending…';
export const sent = 'Sent';
export const delivered = 'Delivered';
export const read = 'Read';
export const notSent = 'Not sent';
export const notChanged = 'Not changed';
export const retry = 'Retry';
export const remove = 'Delete';
export function whyNotSent(error: string | null): string {
  if (error === 'too_large' || error === 'malformed') return 'Too long, or with signs we cannot take.';
  return error === 'too_late' ? 'Messages can be changed for 15 minutes.' : '';
}
export const edited = 'edited';
export const keepAsIs = 'Keep as it was';
export const saveChange = 'Save';
export const messageMenu = 'Change or delete this message';

export const attach = 'Add files';
export const emoji = 'Add an emoji';

export const today = 'Today';
export const yesterday = 'Yesterday';

export const closedHint = 'This conversation is closed. Write again to reopen it.';

export const partFailed = 'This could not be loaded.';
export const tryAgain = 'Try again';
