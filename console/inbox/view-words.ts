import type { InboxView } from '../../shared/model/inbox.ts';

/** What each view is called, and what it says when it is empty: why, and what fills it. */
export const viewWords: Readonly<
  Record<InboxView, { name: string; list: string; empty: string; teaches: string }>
> = {
  mine: {
    name: 'Mine',
    list: 'Conversations assigned to you',
    empty: 'Nothing is assigned to you',
    teaches: 'Open one from Unassigned and press “a” to take it. Round robin can share them out by itself.',
  },
  unassigned: {
    name: 'Unassigned',
    list: 'Conversations of nobody',
    empty: 'Everything has somebody',
    teaches: 'New conversations that nobody has taken yet appear here by themselves.',
  },
  all: {
    name: 'All',
    list: 'Open conversations',
    empty: 'No open conversations',
    teaches: 'New ones appear here by themselves. Is the widget on your site yet?',
  },
  mentions: {
    name: 'Mentions',
    list: 'Conversations in which you are mentioned',
    empty: 'Nobody has mentioned you yet',
    teaches: 'Write @ and a name in a private note: the colleague finds the conversation here.',
  },
  snoozed: {
    name: 'Snoozed',
    list: 'Snoozed conversations',
    empty: 'Nothing is snoozed',
    teaches:
      'Snooze a conversation that waits for something. It opens again in time, or when the visitor writes.',
  },
  closed: {
    name: 'Closed',
    list: 'Closed conversations',
    empty: 'Nothing closed yet',
    teaches:
      'Close a conversation when the visitor is helped. The visitor may then be asked how satisfied they are.',
  },
};
