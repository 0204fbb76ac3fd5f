import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { readSnoozeTime, snoozeProblemWords } from './snooze-times.ts';
import './date-time-fields.css';

/** A date and a time of the agent's own clock. */
export function SnoozeDialog({
  onSnooze,
  onClose,
}: {
  onSnooze: (untilMs: number) => void;
  onClose: () => void;
}) {
  const [date, setDate] = useState(() => isoDate(Date.now() + 24 * 60 * 60_000));
  const [time, setTime] = useState('09:00');
  const [problem, setProblem] = useState('');
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Dialog title="Snooze until" onClose={onClose}>
      <form
        class="date-time"
        onSubmit={(event) => {
          event.preventDefault();
          const read = readSnoozeTime(date, time, Date.now());
          if (!read.ok) return setProblem(snoozeProblemWords[read.problem]);
          onClose();
          onSnooze(read.untilMs);
        }}
      >
        <div class="date-time-fields">
          <label class="field">
            <span class="field-label">Date</span>
            <input
              class="input"
              type="date"
              value={date}
              aria-describedby="snooze-problem"
              aria-invalid={problem !== ''}
              onInput={(event) => setDate(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span class="field-label">Time</span>
            <input
              class="input"
              type="time"
              value={time}
              aria-describedby="snooze-problem"
              aria-invalid={problem !== ''}
              onInput={(event) => setTime(event.currentTarget.value)}
            />
          </label>
        </div>
        <p class="muted">Your own time, {timeZone.replaceAll('_', ' ')}.</p>
        <p class="field-error" id="snooze-problem" role="alert">
          {problem}
        </p>
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Snooze
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Day of the agent's own calendar, `2026-10-15`. */
function isoDate(atMs: number): string {
  const date = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
