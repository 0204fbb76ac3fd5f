import type { VisitorEventSeen } from '../../shared/wire.ts';
import { TimeText } from '../ui/time-text.tsx';

/** Events shown before the rest is asked for. */
export const eventsShown = 8;

/** What happened in the host's page, newest first. */
export function VisitorEvents({ events }: { events: readonly VisitorEventSeen[] }) {
  return (
    <ol class="visitor-events">
      {events.map((event, index) => {
        const properties = Object.entries(event.properties);
        return (
          <li key={`${index} ${event.atMs}`}>
            <p class="visitor-event">
              <bdi>{event.name}</bdi>
              <span class="muted">
                <TimeText atMs={event.atMs} as="ago" />
              </span>
            </p>
            {properties.length > 0 ? (
              <p class="muted visitor-event-facts" dir="auto">
                {properties.map(([name, value]) => `${name}: ${value}`).join(', ')}
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
