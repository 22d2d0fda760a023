import {
  draftIn,
  parsedValue,
  settings,
  stepOf,
  triedSettings,
  valueText,
} from '../../../console/src/manager/limits/settings.ts';
import type { LimitValues } from '../../../console/src/manager/types.ts';
import { dayIn, spanOf } from '../../../console/src/manager/what-if/day.ts';
import { limitSettings } from '../../../lib/desk/catalogue.ts';

const values = limitSettings.initial.values as LimitValues;
const named = (name: string) => {
  const found = settings.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no setting ${name}`);
  return found;
};

describe('limits on the screen', () => {
  test('R-DESK-01 every limit is there, once, and may be set as far as the API lets it', () => {
    expect(settings.map(({ name }) => name).toSorted()).toEqual([...limitSettings.names].toSorted());
    for (const { name, least, most } of settings) {
      const { min, max } = limitSettings.settings[name];
      expect([name, least, most]).toEqual([name, min, max]);
    }
  });

  test('R-DESK-12 a draft is what differs from what is in force, in its range', () => {
    const search = {
      maxTicketsPerExecutor: 6,
      maxUrgentTicketsPerExecutor: values.maxUrgentTicketsPerExecutor,
      maxWaitSec: 1,
      maxUrgentWaitSec: '45',
      missesUntilAway: 3,
    };
    expect(draftIn(search, values, triedSettings)).toEqual({ maxTicketsPerExecutor: 6 });
    expect(draftIn(search, values, settings)).toEqual({ maxTicketsPerExecutor: 6, missesUntilAway: 3 });
  });

  test('R-DESK-01 times are read as they are written', () => {
    const wait = named('maxWaitSec');
    for (const value of [5, 45, 300, 3600, 86_399]) {
      expect(parsedValue(valueText(value, 'seconds'), wait)).toBe(value);
    }
    expect(['90', '1:30', '4', 'abc', '1:2:3:4', '-5', ''].map((text) => parsedValue(text, wait))).toEqual([
      90,
      90,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(parsedValue('80 %', named('waitWarningPercent'))).toBe(80);
    expect(parsedValue('1:30', named('maxTicketsPerExecutor'))).toBeUndefined();
  });

  test('R-DESK-01 one press goes as far as makes sense for the value', () => {
    expect([
      stepOf(5, 'count'),
      stepOf(80, 'percent'),
      stepOf(60, 'seconds'),
      stepOf(300, 'seconds'),
    ]).toEqual([1, 5, 5, 15]);
  });
});

describe('a day to replay', () => {
  const nowMs = new Date(2026, 10, 29, 12, 0, 0).getTime();

  test('R-DESK-12 a past day is whole, the present one ends now, a day to come cannot be replayed', () => {
    const past = spanOf('2026-11-27', nowMs);
    expect(past).toEqual({
      from: new Date(2026, 10, 27).toISOString(),
      to: new Date(2026, 10, 28).toISOString(),
    });
    expect(Date.parse(spanOf('2026-11-29', nowMs)?.to ?? '')).toBe(nowMs - 3000);
    expect(spanOf('2026-11-30', nowMs)).toBeUndefined();
    expect(spanOf('nonsense', nowMs)).toBeUndefined();
  });

  test('R-DESK-12 an address names a day that is kept, else the present one is meant', () => {
    expect(dayIn('2026-11-27', nowMs)).toBe('2026-11-27');
    for (const wrong of [undefined, 5, '2026-11-30', '2025-01-01', 'x']) {
      expect(dayIn(wrong, nowMs)).toBe('2026-11-29');
    }
  });
});
