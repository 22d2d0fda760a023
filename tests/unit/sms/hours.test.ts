import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Hours } from '../../../lib/sms/core/registry-model.ts';
import { shippedHolidays } from '../../../lib/sms/rules/holidays.ts';
import { minutesOf } from '../../../lib/sms/rules/local-time.ts';
import { clockworksOf, everyDay, hoursOn, nextAllowed } from '../../../lib/sms/rules/windows.ts';
import { differingZones, zonesOf } from '../../../lib/sms/rules/zones.ts';
import { classify, preset, WIDE } from './facts.ts';

/** The oracle reads the clock of a zone by another library, and the hours from the preset by itself. */
const localOf = (zone: string, ms: number) => {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const date = local.toPlainDate().toString();
  return { date, weekday: local.dayOfWeek, minutes: local.hour * 60 + local.minute };
};

const isLegal = (code: string, zone: string, ms: number): boolean => {
  const { country, hours } = preset(code);
  const { date, weekday, minutes } = localOf(zone, ms);
  const table = shippedHolidays.find((each) => each.country === country && date.startsWith(`${each.year}-`));
  if (!hours) throw new Error('no hours');
  const byWeekday = weekday === 6 ? hours.saturday : weekday === 7 ? hours.sunday : hours.workday;
  const inside = (day: Hours | null) =>
    day !== null && minutes >= minutesOf(day.from) && minutes < minutesOf(day.to);
  if (!table) return [hours.workday, byWeekday, hours.holiday].every(inside);
  return inside(
    date in table.holidays ? hours.holiday : table.workdays.includes(date) ? hours.workday : byWeekday,
  );
};

const laws = [
  ['RU-230', 'RU', 'debt'],
  ['US-TCPA', 'US', 'marketing'],
  ['US-REG-F', 'US', 'debt'],
  ['FR-SMS-AD', 'FR', 'marketing'],
  ['IN-PROMO', 'IN', 'marketing'],
] as const;

/** All of 2026 and 2027 but the last days, Russia has a table of the first alone. */
const moments = fc
  .integer({ min: Date.UTC(2026, 0, 2) / 60_000, max: Date.UTC(2027, 11, 20) / 60_000 })
  .map((minute) => minute * 60_000);

describe.each(laws)('%s', (code, country, category) => {
  const ask = (ms: number, zone?: string) =>
    classify(new Date(ms).toISOString(), {
      about: { country, category, ...(zone && { zone }) },
      facts: { presets: [preset(code)], settings: WIDE },
    });

  test('R-SMS-06 in an unknown zone nothing is allowed that is outside the hours of any zone of the country', () => {
    const zones = zonesOf(country);
    fc.assert(
      fc.property(moments, (ms) => {
        const { verdict, nextAllowedAt } = ask(ms);
        const goesMs = nextAllowedAt ? Date.parse(nextAllowedAt) : ms;
        const everywhere = zones.every((zone) => isLegal(code, zone, goesMs));
        return verdict === 'allow' ? everywhere : nextAllowedAt === undefined || (goesMs > ms && everywhere);
      }),
      { numRuns: 150 },
    );
  });

  test('R-SMS-06 in a known zone it is allowed exactly in its hours, and deferred to the first of them', () => {
    const zones = fc.constantFrom(...zonesOf(country));
    fc.assert(
      fc.property(moments, zones, (ms, zone) => {
        const { verdict, nextAllowedAt } = ask(ms, zone);
        if (isLegal(code, zone, ms)) return verdict === 'allow';
        if (verdict !== 'defer' || !nextAllowedAt) return false;
        const goesMs = Date.parse(nextAllowedAt);
        return isLegal(code, zone, goesMs) && !isLegal(code, zone, goesMs - 1);
      }),
      { numRuns: 150 },
    );
  });
});

describe('RU-230', () => {
  test('R-SMS-06 the hours legal in all of Russia: 06:00-10:00 UTC on weekdays, 07:00-08:00 UTC on weekends', () => {
    const legal = (date: string): string[] =>
      Array.from(
        { length: 96 },
        (_, quarter) => new Date(Date.parse(`${date}T00:00:00Z`) + quarter * 900_000),
      )
        .filter((at) => classify(at.toISOString()).verdict === 'allow')
        .map((at) => at.toISOString().slice(11, 16));
    const between = (from: number, to: number) => legal('2026-11-23').slice(0, (to - from) * 4);
    expect(legal('2026-11-23')).toHaveLength(16);
    expect([legal('2026-11-23')[0], legal('2026-11-23').at(-1)]).toEqual(['06:00', '09:45']);
    expect(between(6, 10)).toEqual(legal('2026-11-25'));
    expect(legal('2026-11-28')).toEqual(['07:00', '07:15', '07:30', '07:45']);
    expect(legal('2026-11-29')).toEqual(['07:00', '07:15', '07:30', '07:45']);
  });

  // Moscow is UTC+3. Year ends, holidays, transfers, and the first and last millisecond of the hours.
  test.each([
    ['2026-11-23T04:59:59.999Z', 'defer', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23T05:00:00.000Z', 'allow', undefined],
    ['2026-11-23T18:59:59.999Z', 'allow', undefined],
    ['2026-11-23T19:00:00.000Z', 'defer', '2026-11-24T05:00:00.000Z'],
    ['2026-11-27T19:00:00.000Z', 'defer', '2026-11-28T06:00:00.000Z'],
    ['2026-11-28T17:00:00.000Z', 'defer', '2026-11-29T06:00:00.000Z'],
    ['2026-11-29T17:00:00.000Z', 'defer', '2026-11-30T05:00:00.000Z'],
    ['2026-11-04T05:30:00.000Z', 'defer', '2026-11-04T06:00:00.000Z'],
    ['2026-12-30T19:00:00.000Z', 'defer', '2026-12-31T06:00:00.000Z'],
    ['2026-12-31T17:00:00.000Z', 'defer', '2027-01-01T06:00:00.000Z'],
    ['2026-12-31T21:30:00.000Z', 'defer', '2027-01-01T06:00:00.000Z'],
    ['2027-01-10T17:00:00.000Z', 'defer', '2027-01-11T06:00:00.000Z'],
  ])('R-SMS-06 in Moscow at %s: %s', (at, verdict, next) => {
    const evaluated = classify(at, { about: { zone: 'Europe/Moscow' } });
    expect([evaluated.verdict, evaluated.nextAllowedAt]).toEqual([verdict, next]);
  });

  test.each([2027, 2031])(
    'R-SMS-06 in %i, without a decreed table, every day keeps the hours of working days and days off',
    (year) => {
      const day = (text: string) => Date.parse(`${year}-${text}`) / 86_400_000;
      const { hours } = preset('RU-230');
      const holidays = shippedHolidays.filter(({ country }) => country === 'RU');
      for (let at = day('01-01'); at <= day('12-31'); at += 1)
        expect(hours && hoursOn(at, { hours, holidays })).toEqual({ from: '09:00', to: '20:00' });
    },
  );

  test('R-SMS-06 a year without a holiday table: a weekend day may be worked, so what only weekends allow is not allowed', () => {
    const late = { from: '12:00', to: '23:00' };
    const hours = { workday: { from: '08:00', to: '18:00' }, saturday: late, sunday: late, holiday: late };
    const saturday = Date.parse('2031-03-01') / 86_400_000;
    expect(hoursOn(saturday, { hours, holidays: [] })).toEqual({ from: '12:00', to: '18:00' });
  });

  test('R-SMS-06 a year without a holiday table is evaluated as if any day could be a holiday', () => {
    const about = { zone: 'Europe/Moscow' };
    expect(classify('2031-03-05T05:30:00.000Z', { about }).nextAllowedAt).toBe('2031-03-05T06:00:00.000Z');
    expect(classify('2031-03-05T16:59:00.000Z', { about }).verdict).toBe('allow');
    expect(classify('2031-03-05T17:00:00.000Z', { about }).verdict).toBe('defer');
  });
});

describe('clocks', () => {
  const at = (text: string): number => Date.parse(text);
  const next = (zone: string, hours: Hours, from: string, until = '2027-12-31T00:00:00Z') => {
    const found = nextAllowed(
      clockworksOf([{ hours: everyDay(hours), holidays: [] }], [zone]),
      at(from),
      at(until),
    );
    return found === undefined ? undefined : new Date(found).toISOString();
  };

  test('R-SMS-06 summer time: the window follows the wall clock of the day', () => {
    const morning = { from: '08:00', to: '21:00' };
    expect(next('America/New_York', morning, '2026-03-07T06:00:00Z')).toBe('2026-03-07T13:00:00.000Z');
    expect(next('America/New_York', morning, '2026-03-08T06:00:00Z')).toBe('2026-03-08T12:00:00.000Z');
    expect(next('America/New_York', morning, '2026-11-01T06:00:00Z')).toBe('2026-11-01T13:00:00.000Z');
  });

  test('R-SMS-06 an hour that the clock skips opens after the gap, one it shows twice opens the second time', () => {
    const gap = { from: '02:30', to: '05:00' };
    expect(next('America/New_York', gap, '2026-03-08T06:00:00Z')).toBe('2026-03-08T07:30:00.000Z');
    const fold = { from: '01:30', to: '05:00' };
    expect(next('America/New_York', fold, '2026-11-01T05:00:00Z')).toBe('2026-11-01T06:30:00.000Z');
    const closing = { from: '00:00', to: '01:30' };
    expect(next('America/New_York', closing, '2026-11-01T05:30:00Z')).toBe('2026-11-02T05:00:00.000Z');
  });

  test('R-SMS-06 in every zone of the world, at any minute, only hours of the window are allowed', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const times = fc.integer({ min: 0, max: 95 });
    fc.assert(
      fc.property(zones, moments, times, times, (zone, ms, a, b) => {
        const [from, to] = [Math.min(a, b) * 15, (Math.max(a, b) + 1) * 15];
        const clock = (minutes: number) =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const calendar = { hours: everyDay({ from: clock(from), to: clock(to) }), holidays: [] };
        const found = nextAllowed(clockworksOf([calendar], [zone]), ms, ms + 3 * 86_400_000);
        if (found === undefined) return false;
        const { minutes } = localOf(zone, found);
        return found >= ms && minutes >= from && minutes < to;
      }),
      { numRuns: 500 },
    );
  });

  test('R-SMS-06 one zone of each group of equal clocks stands for the whole country', () => {
    expect(differingZones('RU', at('2026-11-23T00:00:00Z'))).toHaveLength(11);
    expect(differingZones('FR', at('2026-11-23T00:00:00Z'))).toEqual(['Europe/Paris']);
    expect(zonesOf('IN')).toHaveLength(1);
  });

  test('R-SMS-06 nothing allowed on a day without hours', () => {
    const { hours } = preset('FR-SMS-AD');
    const holidays = shippedHolidays.filter(({ country }) => country === 'FR');
    const day = Date.parse('2026-07-14') / 86_400_000;
    expect(hours && hoursOn(day, { hours, holidays })).toBeNull();
    const about = { country: 'FR', category: 'marketing' as const };
    const facts = { presets: [preset('FR-SMS-AD')], settings: WIDE };
    const evaluated = classify('2026-07-13T20:30:00.000Z', { about, facts });
    expect(evaluated.nextAllowedAt).toBe('2026-07-15T06:00:00.000Z');
  });
});
