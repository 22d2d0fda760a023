import fc from 'fast-check';
import type { LawPreset } from '../../../lib/sms/core/registry-model.ts';
import type { SmsCategory } from '../../../lib/sms/model.ts';
import { allowedProviders, bindingPresets, presetsInForce } from '../../../lib/sms/rules/bindings.ts';
import { shippedHolidays } from '../../../lib/sms/rules/holidays.ts';
import { shippedPresets } from '../../../lib/sms/rules/law-presets.ts';
import { dateOf, dayOf, weekdayOf } from '../../../lib/sms/rules/local-time.ts';
import { countsOn, fits, outdatedOn, weekOf } from '../../../lib/sms/rules/quotas.ts';
import { anEntity, aProvider, classify, preset, WIDE } from './facts.ts';

const NOON = '2026-03-02T07:00:00.000Z';
const moscow = { zone: 'Europe/Moscow' };

const verdicts = (evaluated: ReturnType<typeof classify>): Record<string, string> =>
  Object.fromEntries(evaluated.trace.map(({ rule, verdict }) => [rule, verdict]));

describe('gates', () => {
  test.each([
    ['an unknown entity', { entity: undefined }, 'entity-active'],
    ['an inactive entity', { entity: anEntity({ active: false }) }, 'entity-active'],
    ['no provider', { providers: [] }, 'provider-allowed'],
    ['only a disabled provider', { providers: [aProvider({ disabledAt: NOON })] }, 'provider-allowed'],
  ])('R-SMS-06 %s: denied, and the trace is whole all the same', (_, facts, rule) => {
    const evaluated = classify(NOON, { facts });
    expect([evaluated.verdict, evaluated.reason]).toEqual(['deny', rule]);
    expect(evaluated.trace).toHaveLength(9);
    expect(verdicts(evaluated)['law-hours']).toBe('pass');
  });

  test('R-SMS-06 asked for by name, a provider must be the entity’s and enabled', () => {
    const ask = (providerId: string, ...more: ReturnType<typeof aProvider>[]) =>
      classify(NOON, { about: { providerId }, facts: { providers: [aProvider(), ...more] } }).verdict;
    expect(ask('prv_1')).toBe('allow');
    expect(ask('prv_2')).toBe('deny');
    expect(ask('prv_2', aProvider({ id: 'prv_2', disabledAt: NOON }))).toBe('deny');
    expect(ask('prv_2', aProvider({ id: 'prv_2' }))).toBe('allow');
  });

  test('R-SMS-06 nothing on record keeps a code away', () => {
    const suppressions = [
      {
        phone: '+79161234567',
        entityId: '*',
        categories: ['otp', 'marketing'] as const,
        reason: 'x',
        source: 'manager',
        at: NOON,
        by: 'usr_1',
      },
    ];
    const evaluated = classify(NOON, { about: { category: 'otp' }, facts: { suppressions, presets: [] } });
    expect([evaluated.verdict, verdicts(evaluated).suppression]).toEqual(['allow', 'skip']);
  });

  test.each(['transactional', 'debt', 'marketing'] as const)(
    'R-SMS-10 a suppression keeps away the categories it names: %s',
    (category) => {
      const suppression = (categories: SmsCategory[]) => ({
        phone: '+79161234567',
        entityId: '*',
        categories,
        reason: 'asked',
        source: 'manager',
        at: NOON,
        by: 'usr_1',
      });
      const ask = (categories: SmsCategory[]) =>
        classify(NOON, {
          about: { category },
          facts: { suppressions: [suppression(categories)], presets: [] },
        });
      expect(ask([category]).reason).toBe('suppression');
      const others = (['otp', 'transactional', 'debt', 'marketing'] as const).filter(
        (each) => each !== category,
      );
      expect(ask(others).verdict).toBe('allow');
    },
  );

  test.each([
    [undefined, 'deny'],
    [{}, 'pass'],
    [{ revokedAt: '2026-02-01T00:00:00.000Z' }, 'deny'],
    [{ grantedAt: '2026-04-01T00:00:00.000Z' }, 'deny'],
  ] as const)('R-SMS-06 marketing with consent %j: %s', (more, verdict) => {
    const grantedAt = '2026-01-01T00:00:00.000Z';
    const consent = more && {
      entityId: 'ent_1',
      phone: '+79161234567',
      grantedAt,
      proof: 'f',
      by: 'u',
      ...more,
    };
    const evaluated = classify(NOON, {
      about: { category: 'marketing' },
      facts: { consent, presets: [preset('RU-AD')] },
    });
    expect(verdicts(evaluated).consent).toBe(verdict);
  });

  test('R-SMS-06 what each category skips', () => {
    const skipped = (category: SmsCategory) =>
      classify(NOON, {
        about: { category },
        facts: { presets: category === 'otp' ? [] : [preset('RU-230')] },
      })
        .trace.filter(({ verdict }) => verdict === 'skip')
        .map(({ rule }) => rule);
    expect(skipped('otp')).toEqual([
      'suppression',
      'consent',
      'window',
      'law-hours',
      'law-caps',
      'entity-limits',
    ]);
    expect(skipped('transactional')).toEqual(['consent', 'window', 'entity-limits']);
    expect(skipped('debt')).toEqual(['consent', 'entity-limits']);
    expect(skipped('marketing')).toEqual(['entity-limits']);
  });
});

describe('windows and limits of the entity', () => {
  test('R-SMS-05 the entity’s window narrows the standard one, never widens it', () => {
    const ask = (at: string, window: { from: string; to: string }) =>
      classify(at, { about: moscow, facts: { entity: anEntity({ window }), presets: [] } }).verdict;
    expect(ask('2026-03-02T06:59:00.000Z', { from: '10:00', to: '18:00' })).toBe('defer');
    expect(ask('2026-03-02T07:00:00.000Z', { from: '10:00', to: '18:00' })).toBe('allow');
    expect(ask('2026-03-02T03:00:00.000Z', { from: '05:00', to: '23:00' })).toBe('defer');
    expect(ask('2026-03-02T19:30:00.000Z', { from: '05:00', to: '23:00' })).toBe('defer');
  });

  test('R-SMS-05 own caps count besides the law’s, and the stricter decides', () => {
    const entity = anEntity({ limits: { debt: { perDay: 1 } } });
    const evaluated = classify(NOON, { about: moscow, facts: { entity, planned: { a: '2026-03-02' } } });
    expect(verdicts(evaluated)).toMatchObject({ 'law-caps': 'pass', 'entity-limits': 'defer' });
    expect([evaluated.reason, evaluated.plannedOn]).toEqual(['entity-limits', '2026-03-03']);
  });

  test('R-SMS-06 a recipient’s zone on record counts until the message brings its own', () => {
    const at = '2026-03-02T02:00:00.000Z';
    const facts = { recipientZone: 'Asia/Vladivostok', settings: WIDE };
    expect(classify(at, { facts }).verdict).toBe('allow');
    expect(classify(at, { facts, about: moscow }).verdict).toBe('defer');
  });
});

describe('caps', () => {
  const on = (...dates: string[]) => Object.fromEntries(dates.map((date, n) => [`sms_x${n}`, date]));

  test.each([
    ['two today', on('2026-03-02', '2026-03-02'), '2026-03-03'],
    ['four this week', on('2026-03-02', '2026-03-02', '2026-03-03', '2026-03-04'), '2026-03-09'],
    [
      'sixteen this month',
      on(...Array.from({ length: 16 }, (_, n) => `2026-03-${String(10 + n)}`)),
      '2026-04-01',
    ],
    [
      'the week reaches over the month’s end',
      on('2026-02-23', '2026-02-24', '2026-02-27', '2026-03-01'),
      '2026-03-02',
    ],
  ])('R-SMS-07 %s: planned on %#', (_, planned, day) => {
    const about = { ...moscow, validUntil: '2026-04-02T00:00:00.000Z' };
    const evaluated = classify('2026-03-02T07:00:00.000Z', { about, facts: { planned } });
    expect(evaluated.plannedOn).toBe(day);
    expect(evaluated.verdict).toBe(day === '2026-03-02' ? 'allow' : 'defer');
  });

  test('R-SMS-07 no room within validity is a denial, and so is any when asked to deny', () => {
    const facts = { planned: on('2026-03-02', '2026-03-02') };
    const short = classify(NOON, { about: { ...moscow, validUntil: '2026-03-02T20:00:00.000Z' }, facts });
    expect([short.verdict, short.reason]).toEqual(['deny', 'law-caps']);
    const strict = classify(NOON, { about: { ...moscow, overCap: 'deny' }, facts });
    expect([strict.verdict, strict.reason]).toEqual(['deny', 'law-caps']);
    expect(strict.plannedOn).toBeUndefined();
  });

  test('R-SMS-07 a message does not count itself when it is evaluated again', () => {
    const planned = { sms_1: '2026-03-02', a: '2026-03-02' };
    expect(classify(NOON, { about: moscow, facts: { planned } }).verdict).toBe('allow');
  });

  const dates = fc.integer({ min: dayOf('2026-01-01'), max: dayOf('2027-12-31') }).map((day) => dateOf(day));

  test('R-SMS-07 whatever is planned already, the day that is chosen has room by every cap', () => {
    const { caps = {} } = preset('RU-230');
    fc.assert(
      fc.property(
        fc.array(
          dates.filter((date) => date < '2026-04-15' && date > '2026-02-15'),
          { maxLength: 40 },
        ),
        (days) => {
          const planned = on(...days);
          const about = { ...moscow, validUntil: '2026-04-01T00:00:00.000Z' };
          const { verdict, plannedOn } = classify(NOON, { about, facts: { planned } });
          if (verdict === 'deny') return plannedOn === undefined;
          return plannedOn !== undefined && fits(countsOn(planned, plannedOn, 'sms_1'), caps);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('R-SMS-07 a week begins on Monday, and every date has one', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const monday = weekOf(date);
        return (
          weekdayOf(dayOf(monday)) === 1 &&
          dayOf(date) - dayOf(monday) >= 0 &&
          dayOf(date) - dayOf(monday) < 7
        );
      }),
    );
    expect([weekOf('2026-03-01'), weekOf('2026-03-02'), weekOf('2027-01-01')]).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-12-28',
    ]);
  });

  test('R-SMS-07 what falls out of the count can be in no month that is still counted', () => {
    expect(outdatedOn(on('2026-01-01', '2026-01-21', '2026-03-02'), '2026-03-02')).toEqual(['sms_x0']);
  });
});

describe('which laws bind', () => {
  const later: LawPreset = {
    ...preset('RU-230'),
    version: 2,
    effectiveFrom: '2026-06-01',
    caps: { perDay: 1 },
  };

  test('R-SMS-06 a version binds from its date by the capital’s calendar, and the latest wins', () => {
    const capOn = (at: string) => presetsInForce([preset('RU-230'), later], Date.parse(at))[0]?.caps?.perDay;
    expect(capOn('2026-05-31T20:59:59.999Z')).toBe(2);
    expect(capOn('2026-05-31T21:00:00.000Z')).toBe(1);
  });

  test('R-SMS-06 the law of the number’s country binds whether or not the entity names it', () => {
    const codes = (country: string, category: SmsCategory, named: string[] = []) =>
      bindingPresets(shippedPresets, {
        country,
        category,
        entity: anEntity({ presets: { [category]: named } }),
      }).map(({ code }) => code);
    expect(codes('RU', 'debt')).toEqual(['RU-230']);
    expect(codes('RU', 'marketing')).toEqual(['RU-AD']);
    expect(codes('US', 'debt')).toEqual(['US-REG-F']);
    expect(codes('KZ', 'debt')).toEqual([]);
    expect(codes('KZ', 'debt', ['RU-230'])).toEqual(['RU-230']);
    expect(codes('RU', 'transactional')).toEqual([]);
    expect(codes('RU', 'otp')).toEqual([]);
  });

  test('R-SMS-05 the own entity may use every provider until it names some; others only theirs, by priority', () => {
    const all = [aProvider({ id: 'prv_1', priority: 5 }), aProvider({ id: 'prv_2', priority: 1 })];
    const ids = (entity: Parameters<typeof allowedProviders>[0]) =>
      allowedProviders(entity, all).map(({ id }) => id);
    expect(ids(anEntity({ id: 'own', providers: [] }))).toEqual(['prv_2', 'prv_1']);
    expect(ids(anEntity({ id: 'own', providers: [{ providerId: 'prv_1' }] }))).toEqual(['prv_1']);
    expect(ids(anEntity({ providers: [] }))).toEqual([]);
    expect(ids(undefined)).toEqual([]);
  });
});

describe('shipped data', () => {
  test('R-SMS-06 RU-230 is 2 a day, 4 a week, 16 a month, 08-22 on working days, 09-20 on the others', () => {
    const day = { from: '09:00', to: '20:00' };
    expect(preset('RU-230')).toMatchObject({
      caps: { perDay: 2, perWeek: 4, perMonth: 16 },
      hours: { workday: { from: '08:00', to: '22:00' }, saturday: day, sunday: day, holiday: day },
    });
  });

  test('R-SMS-06 every preset names its law, its source, when it was checked and what is open', () => {
    expect(shippedPresets.map(({ code }) => code)).toEqual([
      'RU-230',
      'RU-AD',
      'US-TCPA',
      'US-REG-F',
      'FR-SMS-AD',
      'IN-PROMO',
    ]);
    for (const each of shippedPresets) {
      expect([each.lawRef, each.source, each.checkedOn].every((text) => text.length > 5)).toBe(true);
      expect(each.unconfirmed.length).toBeGreaterThan(0);
    }
  });

  test('R-SMS-06 marketing to France keeps the hours of the charter of 2026: 08:00-21:30, never on Sundays and holidays', () => {
    const day = { from: '08:00', to: '21:30' };
    const french = preset('FR-SMS-AD');
    expect(french.hours).toEqual({ workday: day, saturday: day, sunday: null, holiday: null });
    expect(french).toMatchObject({ effectiveFrom: '2026-02-17', checkedOn: '2026-11-28' });
    expect(french.source).toContain('edition 2026');
  });

  /** Anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
  const easter = (year: number): number => {
    const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
    const [d, e] = [Math.floor(b / 4), b % 4];
    const g = Math.floor((8 * b + 13) / 25);
    const h = (19 * a + b - d - g + 15) % 30;
    const [i, k] = [Math.floor(c / 4), c % 4];
    const l = (32 + 2 * e + 2 * i - h - k) % 7;
    const m = Math.floor((a + 11 * h + 22 * l) / 451);
    const n = h + l - 7 * m + 114;
    return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / 86_400_000;
  };

  test.each([2026, 2027])(
    'R-SMS-06 the French moving holidays of %i stand where Easter puts them',
    (year) => {
      const table = shippedHolidays.find((each) => each.country === 'FR' && each.year === year);
      for (const days of [1, 39, 50])
        expect(Object.keys(table?.holidays ?? {})).toContain(dateOf(easter(year) + days));
    },
  );

  test('R-SMS-06 tables of four countries ship; of Russia only the year that is decreed, marked as to be checked', () => {
    const keys = shippedHolidays.map(({ country, year }) => `${country}-${year}`);
    expect(keys.toSorted()).toEqual([
      'FR-2026',
      'FR-2027',
      'IN-2026',
      'IN-2027',
      'RU-2026',
      'US-2026',
      'US-2027',
    ]);
    for (const { country, year, holidays, unconfirmed } of shippedHolidays) {
      expect(Object.keys(holidays).every((date) => date.startsWith(`${year}-`))).toBe(true);
      if (country === 'RU') expect(unconfirmed.join()).toContain('check the decree');
    }
  });
});
