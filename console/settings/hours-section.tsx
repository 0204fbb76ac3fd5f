import { Copy, Plus, X } from 'lucide';
import { useId } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { locale, nowMs } from '../ui/now.ts';
import {
  copyDay,
  dayNames,
  furtherRange,
  type HoursRange,
  hoursFaults,
  inOrder,
  openWords,
  timeFromText,
  withDay,
} from './hours-draft.ts';
import { SettingsGroup } from './settings-group.tsx';
import type { SiteSectionProps } from './site-section.ts';
import { SwitchField } from './switch-field.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import './hours-section.css';

export function HoursSection({ settings, errors, readOnly, onChange }: SiteSectionProps) {
  const { hours } = settings;
  const faults = hoursFaults(hours);
  const isGood = Object.keys(faults).length === 0;
  const setDays = (days: typeof hours.days) => onChange({ hours: { ...hours, days } });
  return (
    <>
      <SettingsGroup
        title="Business hours"
        about="Outside them visitors read when you are back, and can leave a message with their e-mail address. Messages always reach the inbox."
      >
        <SwitchField
          label="We have business hours"
          hint="Off: you count as open all the time, and visitors only see whether somebody is there."
          value={hours.on}
          onValue={(on) => onChange({ hours: { ...hours, on } })}
          disabled={readOnly}
        />
        <p class="hours-now" role="status">
          {isGood ? preview(hours) : 'The hours below cannot be saved yet: see what is marked.'}
        </p>
        {hours.on ? (
          <TimeZoneField
            value={hours.timeZone}
            onValue={(timeZone) => onChange({ hours: { ...hours, timeZone } })}
            error={errors['hours.timeZone']}
            disabled={readOnly}
          />
        ) : null}
      </SettingsGroup>
      {hours.on || !isGood ? (
        <SettingsGroup title="Week" about="A day can have several ranges, such as with a break at noon.">
          <ul class="hours-days card">
            {dayNames.map((name, day) => (
              <Day
                key={name}
                name={name}
                day={day}
                ranges={hours.days[day] ?? []}
                faults={faults}
                readOnly={readOnly}
                onRanges={(ranges) => setDays(withDay(hours.days, day, ranges))}
                onCopy={(to) => setDays(copyDay(hours.days, day, to))}
              />
            ))}
          </ul>
        </SettingsGroup>
      ) : null}
    </>
  );
}

function preview(hours: SiteSectionProps['settings']['hours']): string {
  const readersZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return openWords(inOrder(hours), nowMs.value, locale, readersZone);
  } catch {
    // The time zone is being typed.
    return 'Choose a time zone to see when you are open.';
  }
}

interface DayProps {
  name: string;
  day: number;
  ranges: readonly HoursRange[];
  faults: Readonly<Record<string, string>>;
  readOnly: boolean;
  onRanges: (ranges: HoursRange[]) => void;
  onCopy: (to: 'weekdays' | 'all') => void;
}

function Day({ name, day, ranges, faults, readOnly, onRanges, onCopy }: DayProps) {
  const further = furtherRange(ranges);
  const id = useId();
  return (
    <li class="hours-day">
      <h3 id={id}>{name}</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend could not be the heading beside it */}
      <div class="hours-ranges" role="group" aria-labelledby={id}>
        {ranges.length === 0 ? <p class="hours-closed muted">Closed</p> : null}
        {ranges.map((range, index) => (
          <Range
            key={index}
            day={name}
            index={index}
            range={range}
            errors={{
              from: faults[`hours.days.${day}.${index}.from`],
              to: faults[`hours.days.${day}.${index}.to`],
            }}
            readOnly={readOnly}
            onRange={(next) => onRanges(ranges.map((other, place) => (place === index ? next : other)))}
            onRemove={() => onRanges(ranges.filter((_, place) => place !== index))}
          />
        ))}
      </div>
      <div class="hours-tools">
        <Button
          look="quiet"
          icon={Plus}
          label={`Add hours on ${name}`}
          disabled={readOnly || further === null}
          onClick={() => further && onRanges([...ranges, further])}
        />
        <Menu
          label={`Copy ${name}`}
          align="end"
          button={{ look: 'quiet', icon: Copy, label: `Copy ${name} to other days`, disabled: readOnly }}
          choices={[
            { id: 'weekdays', words: 'To Monday to Friday', onChoose: () => onCopy('weekdays') },
            { id: 'all', words: 'To all days', onChoose: () => onCopy('all') },
          ]}
        />
      </div>
    </li>
  );
}

interface RangeProps {
  day: string;
  index: number;
  range: HoursRange;
  errors: { from: string | undefined; to: string | undefined };
  readOnly: boolean;
  onRange: (range: HoursRange) => void;
  onRemove: () => void;
}

function Range({ day, index, range, errors, readOnly, onRange, onRemove }: RangeProps) {
  const id = useId();
  const nth = index === 0 ? '' : `, range ${index + 1}`;
  const time = (part: 'from' | 'to', words: string) => (
    <input
      class="input figures hours-time"
      type="text"
      autoComplete="off"
      dir="ltr"
      maxLength={8}
      value={range[part]}
      disabled={readOnly}
      aria-label={`${day} ${words}${nth}`}
      aria-invalid={errors[part] ? 'true' : undefined}
      aria-describedby={errors[part] ? `${id}-error` : undefined}
      onInput={(event) => onRange({ ...range, [part]: event.currentTarget.value })}
      onBlur={() => {
        const meant = timeFromText(range[part]);
        if (meant !== null && meant !== range[part]) onRange({ ...range, [part]: meant });
      }}
    />
  );
  return (
    <div class="hours-range">
      <div class="hours-times">
        {time('from', 'from')}
        <span aria-hidden="true">–</span>
        {time('to', 'until')}
        <Button
          look="quiet"
          icon={X}
          label={`Remove ${range.from} to ${range.to} on ${day}`}
          disabled={readOnly}
          onClick={onRemove}
        />
      </div>
      <p class="field-error" id={`${id}-error`} role="alert">
        {errors.from ?? errors.to}
      </p>
    </div>
  );
}
