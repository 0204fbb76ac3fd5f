import type { BusinessHours } from '../../shared/model/hours.ts';
import { openState } from '../../shared/model/open-state.ts';
import type { Clock } from '../page/clock.ts';
import type { WidgetState } from '../store.ts';
import { backWords } from './opening-words.ts';

/** The words go with the day: they are looked at again at least this often, which outlives a sleeping laptop too. */
const lookAgainMs = 5 * 60_000;

/** Tells whether the site is open, now and when that changes. */
export function watchHours(parts: {
  hours: BusinessHours;
  clock: Clock;
  onChange(hours: NonNullable<WidgetState['hours']>): void;
}): void {
  const { hours, clock } = parts;
  const look = () => {
    const nowMs = clock.nowMs();
    const { isOpen, changesAtMs } = openState(hours, nowMs);
    parts.onChange({ isOpen, words: isOpen ? '' : backWords(changesAtMs, nowMs) });
    const untilMs = changesAtMs === null ? lookAgainMs : changesAtMs - nowMs;
    clock.after(Math.max(1_000, Math.min(lookAgainMs, untilMs)), look);
  };
  look();
}
