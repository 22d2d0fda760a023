import fc from 'fast-check';
import type { HolidayDays, SpecialDays } from '../../../lib/sms/core/registry-model.ts';
import { isLooserTable, tableInForce } from '../../../lib/sms/rules/holiday-tables.ts';
import { shippedHolidays } from '../../../lib/sms/rules/holidays.ts';
import { dayOf } from '../../../lib/sms/rules/local-time.ts';
import { isWithin } from '../../../lib/sms/rules/strictness.ts';
import { hoursOn } from '../../../lib/sms/rules/windows.ts';
import { preset } from './facts.ts';

const YEAR = 2026;
const RU = shippedHolidays.find(({ country, year }) => country === 'RU' && year === YEAR);
if (!RU) throw new Error('no table of RU 2026');
const laws = [preset('RU-230')];
const without = (date: string): SpecialDays => {
  const { [date]: _gone, ...holidays } = RU.holidays;
  return { ...RU, holidays };
};
const looser = (before: SpecialDays | undefined, after: SpecialDays): boolean =>
  isLooserTable({ year: YEAR, before, after, laws });

test.each([
  ['the same', RU, false],
  ['one holiday more', { ...RU, holidays: { ...RU.holidays, '2026-07-01': 'Day off' } }, false],
  ['no holidays', { holidays: {}, workdays: [] }, true],
  ['one holiday fewer, on a workday', without('2026-01-01'), true],
  // RU-230 keeps the same hours on weekends as on holidays.
  ['one holiday fewer, on a Sunday', without('2026-03-08'), false],
  ['a worked Saturday', { ...RU, workdays: ['2026-03-07'] }, true],
  ['a workday that is one already', { ...RU, workdays: ['2026-03-02'] }, false],
])('R-SMS-06 a table with %s is looser: %s', (_said, after, expected) => {
  expect(looser(RU, after)).toBe(expected);
});

test('R-SMS-06 the first table of a year is looser than none, for a law that tells days apart and for no other', () => {
  expect(looser(undefined, RU)).toBe(true);
  expect(isLooserTable({ year: YEAR, before: undefined, after: RU, laws: [preset('US-TCPA')] })).toBe(false);
});

const dates = fc
  .integer({ min: 0, max: 364 })
  .map((n) => new Date(Date.UTC(YEAR, 0, 1 + n)).toISOString().slice(0, 10));
const tables: fc.Arbitrary<SpecialDays> = fc.record({
  holidays: fc.array(dates, { maxLength: 4 }).map((all) => Object.fromEntries(all.map((day) => [day, 'x']))),
  workdays: fc.array(dates, { maxLength: 4 }),
});

test('R-SMS-06 by a table that is not looser no hour of any day of its year is allowed that was not', () => {
  fc.assert(
    fc.property(fc.option(tables, { nil: undefined }), tables, dates, (before, after, date) => {
      const { hours } = preset('RU-230');
      fc.pre(hours !== undefined && !looser(before, after));
      const on = (days: SpecialDays | undefined) =>
        hoursOn(dayOf(date), { hours, holidays: days ? [{ ...days, country: 'RU', year: YEAR }] : [] });
      expect(isWithin(on(after), on(before))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('R-SMS-06 a looser table takes the place of the one before on its day, the first of a year on its own', () => {
  const [eve, day] = [Date.parse('2026-03-02T23:59:59.999Z'), Date.parse('2026-03-03T00:00:00.000Z')];
  const next = { holidays: {}, workdays: [], from: '2026-03-03' };
  const waiting: HolidayDays = { ...RU, next };
  expect(tableInForce(waiting, eve)).toMatchObject({ holidays: RU.holidays, next });
  expect(tableInForce(waiting, day)).toEqual({ ...RU, holidays: {}, workdays: [] });
  expect(tableInForce({ ...RU, from: '2026-03-03' }, eve)).toBeUndefined();
  expect(tableInForce({ ...RU, from: '2026-03-03' }, day)).toEqual(RU);
});
