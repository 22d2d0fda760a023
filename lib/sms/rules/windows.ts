// @pure

import type { DayHours, HolidayDays, Hours } from '../core/registry-model.ts';
import { type Day, dateOf, localDay, localInstant, minutesOf, weekdayOf } from './local-time.ts';

/** Hours per kind of day, and whose holidays tell the kind. */
export interface Calendar {
  readonly hours: DayHours;
  /** Tables of the one country whose holidays count; a year without a table is evaluated by the strictest day. */
  readonly holidays: readonly HolidayDays[];
}

/** The same hours on every day. */
export const everyDay = (hours: Hours): DayHours => ({
  workday: hours,
  saturday: hours,
  sunday: hours,
  holiday: hours,
});

/** Hours in both; `null` when there are none. */
export const bothHours = (a: Hours | null, b: Hours | null): Hours | null => {
  if (!a || !b) return null;
  const from = minutesOf(a.from) >= minutesOf(b.from) ? a.from : b.from;
  const to = minutesOf(a.to) <= minutesOf(b.to) ? a.to : b.to;
  return minutesOf(from) < minutesOf(to) ? { from, to } : null;
};

export type DayKind = keyof DayHours;

const byWeekday = (day: Day): DayKind => {
  const weekday = weekdayOf(day);
  return weekday === 0 ? 'sunday' : weekday === 6 ? 'saturday' : 'workday';
};

/** Holidays and transferred days come before the weekday; `undefined`: no table of that year. */
export const dayKind = (day: Day, tables: readonly HolidayDays[]): DayKind | undefined => {
  const date = dateOf(day);
  const table = tables.find(({ year }) => year === Number(date.slice(0, 4)));
  if (!table) return undefined;
  if (date in table.holidays) return 'holiday';
  return table.workdays.includes(date) ? 'workday' : byWeekday(day);
};

/**
 * The hours of one local day. In a year without a table any day may be a holiday, and a weekend day may be worked: the
 * hours that all of these have.
 */
export const hoursOn = (day: Day, { hours, holidays }: Calendar): Hours | null => {
  const kind = dayKind(day, holidays);
  if (kind) return hours[kind];
  return bothHours(bothHours(hours[byWeekday(day)], hours.workday), hours.holiday);
};

/** One calendar by one wall clock. */
export interface Clockwork {
  readonly zone: string;
  readonly calendar: Calendar;
}

/** The first instant not before `ms` within the hours, or undefined when `untilMs` comes first. */
const nextByOne = ({ zone, calendar }: Clockwork, ms: number, untilMs: number): number | undefined => {
  for (let day = localDay(zone, ms); ; day += 1) {
    const hours = hoursOn(day, calendar);
    if (hours) {
      const open = localInstant(zone, { day, minutes: minutesOf(hours.from) }, 'open');
      const close = localInstant(zone, { day, minutes: minutesOf(hours.to) }, 'close');
      const next = Math.max(ms, open);
      if (next < close) return next < untilMs ? next : undefined;
    }
    if (localInstant(zone, { day: day + 1, minutes: 0 }, 'open') >= untilMs) return undefined;
  }
};

/**
 * The first instant at or after `ms`, and before `untilMs`, at which every calendar allows it by every clock. An
 * instant that one of them moves later is checked against all the others again.
 */
export const nextAllowed = (
  clockworks: readonly Clockwork[],
  ms: number,
  untilMs: number,
): number | undefined => {
  if (ms >= untilMs) return undefined;
  let next = ms;
  for (;;) {
    const before = next;
    for (const clockwork of clockworks) {
      const pushed = nextByOne(clockwork, next, untilMs);
      if (pushed === undefined) return undefined;
      next = pushed;
    }
    if (next === before) return next;
  }
};

export const clockworksOf = (calendars: readonly Calendar[], zones: readonly string[]): Clockwork[] =>
  calendars.flatMap((calendar) => zones.map((zone) => ({ zone, calendar })));
