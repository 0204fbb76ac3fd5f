/** Every English word the widget says by itself; the site's own words come with its configuration. */

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** `45 s`, `3 min 20 s`, `1 h 5 min`. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`;
}

/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 more`. */
function names(all: readonly string[]): string {
  const [first = '', second = ''] = all;
  if (all.length < 2) return first;
  return all.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${all.length - 2} more`;
}

export const texts = {
  panel: (site: string) => `Messages with ${site}`,
  close: 'Close',
  back: 'Back to start',
  crashed: 'Something went wrong here. Close this window and open it again.',
  unread: (count: number) => plural(count, 'unread message', 'unread messages'),
  question: 'a question for you',
  newFrom: (name: string) => `New message from ${name}`,

  online: 'Online',
  away: 'Away',
  here: (agents: readonly string[]) => `${names(agents)} ${agents.length === 1 ? 'is' : 'are'} here`,
  noConnection: 'No connection. Trying again…',
  refused: 'The chat is not available on this page right now.',

  recent: 'Your conversations',
  resolved: 'Resolved',
  you: 'You',
  youSaid: (text: string) => `You: ${text}`,
  showPage: 'Show us your page',
  showPageMore: 'Let us look at this page together. You decide what we see.',

  messages: 'Messages',
  write: 'Your message',
  send: 'Send',
  sendKey: 'Send (Enter)',
  charsLeft: (left: number) => plural(left, 'character left', 'characters left'),
  charsOver: (over: number) => `${plural(over, 'character', 'characters')} too many`,
  earlier: 'Show earlier messages',
  newBelow: 'New messages',
  toEnd: 'To the end',
  loading: 'Loading messages…',
  typing: (name: string) => `${name} is typing…`,

  sending: 'Sending…',
  sent: 'Sent',
  read: 'Read',
  notSent: 'Not sent',
  retry: 'Retry',
  remove: 'Delete',
  whyNotSent: (error: string | null) =>
    error === 'too_large' || error === 'malformed'
      ? 'The message is too long or holds signs we cannot take.'
      : '',

  today: 'Today',
  yesterday: 'Yesterday',

  joined: (name: string) => `${name} joined`,
  willAnswer: (name: string) => `${name} will answer you`,
  resolvedBy: (name: string | null) => (name ? `${name} closed this conversation` : 'Conversation closed'),
  reopened: 'Conversation reopened',
  resolvedHint: 'This conversation is closed. Write again to reopen it.',
  cobrowseRequested: (name: string) => `${name} asked to see your page`,
  cobrowseOffered: 'You offered to show your page',
  cobrowseStarted: 'You are sharing your page',
  cobrowseDeclined: 'You did not share your page',
  cobrowseVisitorStopped: (ms: number) => `You stopped sharing after ${duration(ms)}`,
  cobrowseAgentStopped: (name: string, ms: number) => `${name} ended the sharing after ${duration(ms)}`,
  cobrowseExpired: 'The offer to share the page has lapsed',
  cobrowseGone: (ms: number) => `Sharing ended after ${duration(ms)}: the connection was lost`,
  cobrowseWithdrawn: 'The offer to share the page was taken back',
  anAgent: 'Our team',

  scores: ['Very unsatisfied', 'Unsatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
  answered: (score: string, value: number) => `Your answer: ${score} (${value} of 5)`,
  comment: 'Anything to add? (optional)',
  sendAnswer: 'Send answer',
  dismiss: 'Do not answer',
  partFailed: 'This could not be loaded.',
  tryAgain: 'Try again',
} as const;
