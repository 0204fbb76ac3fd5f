import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { isTimeZone } from '../../shared/model/hours.ts';
import { nowMs } from '../ui/now.ts';
import { findTimeZones, knownTimeZones, zoneOffset } from './time-zones.ts';
import './time-zone-field.css';

/** Longer lists are narrowed by typing. */
const maxShown = 60;

export interface TimeZoneFieldProps {
  value: string;
  onValue: (zone: string) => void;
  error: string | undefined;
  disabled: boolean;
}

/** A time zone by its name, found by typing a part of it. */
export function TimeZoneField({ value, onValue, error, disabled }: TimeZoneFieldProps) {
  const id = useId();
  const zones = useMemo(() => knownTimeZones(), []);
  const [open, setOpen] = useState(false);
  /** The whole list is offered until somebody types. */
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const shown = (typed ? findTimeZones(value, zones) : zones).slice(0, typed ? maxShown : zones.length);
  const isWrong = !open && !isTimeZone(value.trim());
  const told = error ?? (isWrong ? `There is no time zone “${value}”. Choose one from the list.` : undefined);

  const show = (index: number) => {
    setActive(index);
    requestAnimationFrame(() =>
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
  };
  const openList = () => {
    if (open || disabled) return;
    setOpen(true);
    setTyped(false);
    show(Math.max(0, zones.indexOf(value)));
  };
  const choose = (zone: string) => {
    onValue(zone);
    setOpen(false);
    setTyped(false);
  };
  /** `europe/berlin` is known too, and is written as everybody else writes it. */
  const leave = () => {
    setOpen(false);
    const known = zones.find((zone) => zone.toLowerCase() === value.trim().toLowerCase());
    if (known && known !== value) onValue(known);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return openList();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (shown.length > 0) show((active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const zone = shown[active];
      if (zone) choose(zone);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };

  return (
    <div class="field time-zone">
      <label class="field-label" for={id}>
        Time zone
      </label>
      <p class="field-hint" id={`${id}-hint`}>
        The hours below are read on this clock, summer time included.
      </p>
      <div class="time-zone-box">
        <input
          id={id}
          class="input"
          type="text"
          role="combobox"
          autoComplete="off"
          spellcheck={false}
          dir="ltr"
          value={value}
          maxLength={64}
          disabled={disabled}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && shown[active] ? `${id}-${active}` : undefined}
          aria-invalid={told ? 'true' : undefined}
          aria-describedby={`${id}-hint${told ? ` ${id}-error` : ''}`}
          onClick={openList}
          onInput={(event) => {
            onValue(event.currentTarget.value);
            setOpen(true);
            setTyped(true);
            show(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <span class="time-zone-offset muted">{zoneOffset(value.trim(), nowMs.value)}</span>
        <div
          id={`${id}-list`}
          ref={list}
          class="time-zone-list scrolls"
          role="listbox"
          aria-label="Time zones"
          hidden={!open}
        >
          {open
            ? shown.map((zone, index) => (
                <div
                  key={zone}
                  id={`${id}-${index}`}
                  class="time-zone-option"
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onPointerDown={(event) => {
                    // The field keeps the focus.
                    event.preventDefault();
                    choose(zone);
                  }}
                >
                  {zone.replaceAll('_', ' ')}
                </div>
              ))
            : null}
          {open && shown.length === 0 ? (
            <div
              class="time-zone-option muted"
              role="option"
              aria-disabled="true"
              aria-selected="false"
              tabIndex={-1}
            >
              No time zone has “{value}” in its name.
            </div>
          ) : null}
        </div>
      </div>
      <p class="field-error" id={`${id}-error`} role="alert">
        {told}
      </p>
    </div>
  );
}
