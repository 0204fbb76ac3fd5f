import { names } from '../texts.ts';

export const banner = 'Page sharing';
export const watching = (agents: readonly string[]) =>
  `${names(agents)} ${agents.length === 1 ? 'sees' : 'see'} this page`;
export const shownTo = 'You are sharing this page';
export const nobody = 'nobody is looking right now';
export const paused = 'no connection, trying again';
export const isPaused = 'Paused.';
export const pausedByYou = 'Nobody sees this page.';
export const pausedByPage = 'This page is not shared.';
export const pause = 'Pause sharing';
export const goOn = 'Go on sharing';
export const waiting = 'Waiting for someone of the team to look';
export const stop = 'Stop';
/** Where there is no room, only screen readers have it. */
export const stopWhat = 'sharing';
export const withdraw = 'Cancel';
export const toBottom = 'Move to the bottom';
export const toTop = 'Move to the top';
export const stopped = 'You stopped sharing. Nobody sees this page any more.';
export const ended = 'Page sharing has ended.';
