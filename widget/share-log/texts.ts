import type { CobrowseEndReason } from '../../shared/model/cobrowse.ts';

export const title = 'What you have shared';
export const about =
  'Each time you showed a page: with whom, and when. What stood on the pages is not kept here.';
export const nothing = 'You have not shared a page yet.';
export const reading = 'One moment…';
export const failed = 'This could not be read. Try again when you are connected.';
export const download = 'Download';
export const check = 'Check';
export const close = 'Close';
export const whole = (count: number, hash: string) =>
  `Nothing was changed: ${count} ${count === 1 ? 'entry' : 'entries'}, mark ${hash.slice(0, 8)}.`;
export const changed = (seq: number) =>
  `Something was changed: entry ${seq} does not fit the ones before it.`;
export const noCheck = 'This browser cannot check it on this page. Download it instead.';
export const started = 'You started sharing';
export const withControl = 'You started sharing and let them help';
export const joined = (name: string) => `${name} began to watch`;
export const left = (name: string) => `${name} stopped watching`;
export const someone = 'An agent';
export const fileName = (site: string, day: string) => `${site} shared ${day}.json`;
export const ended: Record<CobrowseEndReason, string> = {
  declined: 'Declined',
  visitor_stopped: 'You stopped',
  agent_stopped: 'The agent stopped',
  request_expired: 'Nobody answered',
  visitor_gone: 'You had left',
  withdrawn: 'Withdrawn',
};
