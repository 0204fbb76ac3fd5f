/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 more`. */
function names(all: readonly string[]): string {
  const [first = '', second = ''] = all;
  if (all.length < 2) return first;
  return all.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${all.length - 2} more`;
}

export const texts = {
  asks: (agent: string) => `${agent} would like to see this page`,
  offers: 'Show your page to the team',
  why: 'So that you can look at it together. You can stop at any time.',
  preview: 'What is shown',
  yourPage: 'This page',
  hidden: 'Hidden',
  shared: 'Shared',
  sharedWhat: (site: string) => `Pages of ${site} in all tabs of this browser, as you see them`,
  notShared: 'Never shared',
  notSharedWhat:
    'Passwords, card details, what you type unless the page shows it, other websites and programs',
  share: 'Share',
  decline: 'Decline',
  cancel: 'Not now',
  failed: 'That did not work. Please try again.',

  banner: 'Page sharing',
  watching: (agents: readonly string[]) =>
    `${names(agents)} ${agents.length === 1 ? 'sees' : 'see'} this page`,
  shownTo: 'You are sharing this page',
  nobody: 'nobody is looking right now',
  paused: 'no connection, trying again',
  waiting: 'Waiting for someone of the team to look',
  stop: 'Stop sharing',
  withdraw: 'Cancel',
  toBottom: 'Move to the bottom',
  toTop: 'Move to the top',
  stopped: 'You stopped sharing. Nobody sees this page any more.',
  ended: 'Page sharing has ended.',
};
