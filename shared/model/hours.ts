import * as v from 'valibot';

/** `09:30`; `24:00` ends a day. */
const timeOfDay = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));

const range = v.pipe(
  v.strictObject({ from: timeOfDay, to: timeOfDay }),
  v.check(({ from, to }) => from < to, 'a range must end after it begins'),
);

/** Ranges of one day: in order, not touching. */
const day = v.pipe(
  v.array(range),
  v.maxLength(8),
  v.check(
    (ranges) => ranges.every(({ from }, index) => index === 0 || (ranges[index - 1]?.to ?? '') < from),
    'ranges must not overlap and must stand in order',
  ),
);

/** Whether the platform knows an IANA time zone, e.g. `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

export const businessHoursSchema = v.strictObject({
  /** Off: always open. */
  on: v.boolean(),
  timeZone: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(64),
    v.check(isTimeZone, 'no such time zone'),
  ),
  /** Monday first. An empty day is closed. */
  days: v.strictTuple([day, day, day, day, day, day, day]),
});
export type BusinessHours = v.InferOutput<typeof businessHoursSchema>;

const weekday = [{ from: '09:00', to: '17:00' }];

export const officeHours: BusinessHours = {
  on: false,
  timeZone: 'UTC',
  days: [weekday, weekday, weekday, weekday, weekday, [], []],
};
