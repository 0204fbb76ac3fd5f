import { useState } from 'preact/hooks';
import type { VisitorEventSeen } from '../../shared/wire.ts';
import { Button } from '../ui/button.tsx';
import { TimeText } from '../ui/time-text.tsx';

/** More are shown when asked for. */
const shownAtFirst = 20;

export function CustomerEvents({ events }: { events: readonly VisitorEventSeen[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? events : events.slice(0, shownAtFirst);
  return (
    <section class="card customer-card" aria-label="Events">
      <h2>Events</h2>
      {events.length === 0 ? (
        <p class="muted">
          None yet. Your pages tell them with <code>rapport('track', …)</code>.
        </p>
      ) : null}
      <ul class="customer-list">
        {shown.map((event, index) => (
          <li key={index} class="customer-item">
            <bdi class="ellipsis">{event.name}</bdi>
            <span class="muted">
              <TimeText atMs={event.atMs} as="ago" />
            </span>
            {Object.keys(event.properties).length > 0 ? (
              <span class="customer-detail muted" dir="auto">
                {Object.entries(event.properties)
                  .map(([name, value]) => `${name}: ${String(value)}`)
                  .join(' · ')}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {shown.length < events.length ? (
        <div>
          <Button onClick={() => setAll(true)}>Show all {events.length}</Button>
        </div>
      ) : null}
    </section>
  );
}
