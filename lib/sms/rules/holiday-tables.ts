// @pure

import { instant } from '../../platform/clock.ts';
import type { HolidayDays, LawRules, SpecialDays } from '../core/registry-model.ts';
import { dayOf } from './local-time.ts';
import { isWithin } from './strictness.ts';
import { hoursOn } from './windows.ts';

/** A table as it is in force; `undefined`: the year has none yet. */
export const tableInForce = <Table extends HolidayDays>(table: Table, nowMs: number): Table | undefined => {
  const today = instant(nowMs).slice(0, 10);
  const { from, next, ...rest } = table;
  if (next && next.from <= today) {
    const { from: _from, ...days } = next;
    return { ...rest, ...days } as Table;
  }
  if (from !== undefined && from > today) return undefined;
  return (next ? { ...rest, next } : rest) as Table;
};

export const holidaysInForce = (tables: readonly HolidayDays[], nowMs: number): HolidayDays[] =>
  tables.flatMap((table) => tableInForce(table, nowMs) ?? []);

const daysOf = (year: number): number[] => {
  const [first, end] = [dayOf(`${year}-01-01`), dayOf(`${year + 1}-01-01`)];
  return Array.from({ length: end - first }, (_, index) => first + index);
};

/** What is compared: the tables of one country and year, and the laws whose holidays they are. */
interface Comparison {
  readonly year: number;
  /** `undefined`: a year without a table, evaluated by the stricter hours of each day. */
  readonly before: SpecialDays | undefined;
  readonly after: SpecialDays;
  /** Of the country: those in force, and every version still to come. */
  readonly laws: readonly LawRules[];
}

/** Whether a law would allow an hour on some day of the year that it does not allow now (R-SMS-06). */
export const isLooserTable = ({ year, before, after, laws }: Comparison): boolean => {
  const tablesOf = (days: SpecialDays | undefined): HolidayDays[] =>
    days ? [{ ...days, country: '', year }] : [];
  const [had, has] = [tablesOf(before), tablesOf(after)];
  return laws.some(({ hours }) => {
    if (!hours) return false;
    const hoursBy = (holidays: readonly HolidayDays[]) => (day: number) => hoursOn(day, { hours, holidays });
    return daysOf(year).some((day) => !isWithin(hoursBy(has)(day), hoursBy(had)(day)));
  });
};
