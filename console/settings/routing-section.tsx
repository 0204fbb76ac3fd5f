import { useConsole } from '../console-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { MemberCapacity } from './member-capacity.tsx';
import { NumberField } from './number-field.tsx';
import { presenceWords } from './presence-words.ts';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import './routing-section.css';

const ways = [
  {
    value: 'by_hand',
    label: 'By hand',
    hint: 'New conversations wait under Unassigned until somebody takes or answers them.',
  },
  {
    value: 'round_robin',
    label: 'In turn',
    hint: 'Each goes to the person online who has waited longest for one. Whoever is at capacity or away is passed over.',
  },
] as const;

export function RoutingSection({
  settings,
  errors,
  readOnly,
  onChange,
  siteId,
}: SiteSectionProps & { siteId: string }) {
  const { store } = useConsole();
  const team = store.teamOf(siteId).value;
  const { routing } = settings;
  const there = team?.filter(({ presence }) => presence === 'online').length ?? 0;
  return (
    <>
      <SettingsGroup title="Who gets new conversations">
        <fieldset class="ways" disabled={readOnly}>
          <legend class="unseen">Who gets new conversations</legend>
          {ways.map(({ value, label, hint }) => (
            <label key={value} class="way card">
              <input
                type="radio"
                name="routing"
                checked={routing.assign === value}
                onChange={() => onChange({ routing: { ...routing, assign: value } })}
              />
              <span>
                <span class="field-label">{label}</span>
                <span class="field-hint">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </SettingsGroup>
      <SettingsGroup
        title="Capacity"
        about="Open conversations that one person answers at once, from 1 to 100. Snoozed and closed ones do not count. While people are online and all of them are at capacity, visitors read their place in the queue."
      >
        <NumberField
          label="For everybody"
          unit="conversations"
          value={routing.capacity}
          onValue={(capacity) => onChange({ routing: { ...routing, capacity } })}
          error={errors['routing.capacity']}
          disabled={readOnly}
        />
        <div>
          <h3>For each person</h3>
          <p class="settings-about">
            An own number counts instead.{' '}
            {there === 0 ? 'Nobody is' : there === 1 ? 'One is' : `${there} are`} available now.
          </p>
        </div>
        {team ? (
          <ul class="team card">
            {team.map((member) => (
              <li key={member.id} class="team-member">
                <Avatar name={member.name} color={member.color} avatar={member.avatar} sizePx={28} />
                <span class="team-who ellipsis">
                  <bdi>{member.name}</bdi>
                </span>
                <span class={`team-state team-${member.presence}`}>{presenceWords[member.presence]}</span>
                <MemberCapacity
                  siteId={siteId}
                  member={member}
                  siteCapacity={routing.capacity}
                  readOnly={readOnly}
                />
              </li>
            ))}
          </ul>
        ) : (
          <Skeleton width="60%" />
        )}
      </SettingsGroup>
    </>
  );
}
