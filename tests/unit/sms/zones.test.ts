import { getCountries } from 'libphonenumber-js/max';
import { parsePhone } from '../../../lib/platform/input/phone.ts';
import { isZone, isZoneOf, NO_COUNTRY, zonesOf } from '../../../lib/sms/rules/zones.ts';
import { classify, preset, WIDE } from './facts.ts';

/** 17:00 UTC on a Monday: evening in Moscow, night in the Far East, noon in New York. */
const EVENING = '2026-03-02T17:00:00.000Z';

const clock = (evaluated: ReturnType<typeof classify>) =>
  evaluated.trace.find(({ rule }) => rule === 'window');

describe('R-SMS-06 a zone that somebody names', () => {
  test('outside the number’s country lets no debt text out at night', () => {
    const night = '2026-03-02T22:00:00.000Z'; // 01:00 in Moscow, 17:00 in New York
    for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'UTC', 'Etc/GMT+5']) {
      const evaluated = classify(night, { about: { zone } });
      expect(evaluated).toEqual({ ...classify(night), trace: evaluated.trace });
      expect(evaluated.verdict).toBe('defer');
      expect(clock(evaluated)).toMatchObject({ zoneFrom: 'country', note: expect.stringContaining(zone) });
    }
  });

  test('of the recipient’s record is held to the country as well', () => {
    const evaluated = classify(EVENING, { facts: { recipientZone: 'America/New_York' } });
    expect([evaluated.verdict, clock(evaluated)?.zoneFrom]).toEqual(['defer', 'country']);
  });

  test.each([
    ['request', { about: { zone: 'Europe/Moscow' } }],
    ['recipient', { facts: { recipientZone: 'Europe/Moscow', settings: WIDE } }],
    ['country', {}],
  ] as const)('is told by the trace with where it came from: %s', (zoneFrom, given) => {
    expect(clock(classify(EVENING, given))?.zoneFrom).toBe(zoneFrom);
  });

  test('counts by each of its names', () => {
    const names = [
      ['UA', 'Europe/Kyiv'],
      ['UA', 'Europe/Kiev'],
      ['GL', 'America/Nuuk'],
      ['IN', 'Asia/Kolkata'],
      ['US', 'US/Eastern'],
      ['KZ', 'Asia/Qostanay'],
      ['MX', 'America/Ciudad_Juarez'],
    ] as const;
    expect(names.filter(([country, zone]) => !isZoneOf(country, zone))).toEqual([]);
    expect(isZoneOf('RU', 'Mars/Olympus')).toBe(false);
  });
});

describe('R-SMS-06 clocks of all countries', () => {
  test('every country of libphonenumber has at least one zone, and every one is a zone', () => {
    const clockless = getCountries().filter((country) => zonesOf(country).length === 0);
    expect(clockless).toEqual([]);
    expect(
      getCountries()
        .flatMap(zonesOf)
        .filter((zone) => !isZone(zone)),
    ).toEqual([]);
  });

  test.each([
    ['Kosovo', '+38343201234', 'Europe/Belgrade'],
    ['Ascension', '+24740123', 'Atlantic/St_Helena'],
    ['Tristan da Cunha', '+2908123', 'Atlantic/St_Helena'],
  ])('%s keeps the clock of a neighbour', (_, phone, zone) => {
    const parsed = parsePhone(phone);
    const country = 'country' in parsed ? parsed.country : undefined;
    expect(zonesOf(country ?? 'SH')).toEqual([zone]);
  });

  test('a debt text to Kosovo waits for the morning there, and is not denied', () => {
    const evaluated = classify('2026-03-02T23:00:00.000Z', {
      about: { country: 'XK' },
      facts: { presets: [] },
    });
    expect(evaluated).toMatchObject({ verdict: 'defer', nextAllowedAt: '2026-03-03T07:00:00.000Z' });
  });

  /** International networks, of no country: satellites (870, 881, Thuraya's 882), freephone, shared cost. */
  test.each(['+870773111632', '+8816315123456', '+88216123456', '+80012345678'])(
    '%s is of no country, and held to hours it is denied by name',
    (phone) => {
      const parsed = parsePhone(phone);
      expect('country' in parsed && parsed.country).toBeFalsy();
      const evaluated = classify(EVENING, { about: { country: NO_COUNTRY, phone }, facts: { presets: [] } });
      expect([evaluated.verdict, evaluated.reason]).toEqual(['deny', 'window']);
      expect(clock(evaluated)?.note).toContain('satellite');
      const law = { presets: [preset('RU-230')], settings: WIDE };
      expect(classify(EVENING, { about: { country: NO_COUNTRY }, facts: law }).verdict).toBe('deny');
    },
  );
});
