import fc from 'fast-check';
import { readPastDate } from '../../../../lib/platform/input/file-date.ts';

const nowMs = Date.parse('2026-11-28T12:00:00Z');
const read = (text: string, zone = 'UTC') => readPastDate(text, { zone, nowMs });
const words = (text: string): string => {
  const date = read(text);
  return date.kind === 'refused' ? date.detail : date.at;
};

test.each([
  ['05.11.2025', 'UTC', '2025-11-05T00:00:00.000Z'],
  ['5.1.2025', 'UTC', '2025-01-05T00:00:00.000Z'],
  ['2025-11-05', 'UTC', '2025-11-05T00:00:00.000Z'],
  ['2025-11-05', 'Europe/Moscow', '2025-11-04T21:00:00.000Z'],
  ['2025-11-05T14:30', 'UTC', '2025-11-05T14:30:00.000Z'],
  ['2025-11-05 14:30:15', 'Asia/Kolkata', '2025-11-05T09:00:15.000Z'],
  ['2025-11-05T14:30:15.123Z', 'Asia/Kolkata', '2025-11-05T14:30:15.000Z'],
  ['2025-11-05T14:30:00+03:00', 'UTC', '2025-11-05T11:30:00.000Z'],
  ['2025-11-05T14:30:00+0300', 'UTC', '2025-11-05T11:30:00.000Z'],
  ['05.11.2025 9:05', 'Europe/Moscow', '2025-11-05T06:05:00.000Z'],
  ['05.11.2025, 09:05:07', 'UTC', '2025-11-05T09:05:07.000Z'],
  ['\u200E05.11.2025\u00A0', 'UTC', '2025-11-05T00:00:00.000Z'],
  ['2025\u201111\u201105', 'UTC', '2025-11-05T00:00:00.000Z'],
  ['٢٠٢٥-١١-٠٥', 'UTC', '2025-11-05T00:00:00.000Z'],
  ['29.02.2024', 'UTC', '2024-02-29T00:00:00.000Z'],
  // A midnight that the clock skips begins later; an hour that comes twice is its first.
  ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00:00.000Z'],
  ['2025-10-26 02:30', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
])('R-SMS-10 %j in %s is %s', (text, zone, at) => expect(read(text, zone)).toEqual({ kind: 'date', at }));

test.each([
  ['2026-02-30', 'does not exist'],
  ['30.02.2026', 'does not exist'],
  ['29.02.2025', 'does not exist'],
  ['31.04.2025', 'does not exist'],
  ['13.13.2025', 'does not exist'],
  ['00.01.2025', 'does not exist'],
  ['2025-11-05T24:00', 'does not exist'],
  ['2025-11-05T23:60', 'does not exist'],
  ['2025-11-05T10:00:60', 'does not exist'],
  ['2025-11-05T10:00+99:00', 'does not exist'],
  ['1', 'number'],
  ['45966', 'number'],
  ['45966.5', 'number'],
  ['45966,5', 'number'],
  ['11/05/2025', 'one way'],
  ['05-11-2025', 'one way'],
  ['05.11.25', 'one way'],
  ['2025.11.05', 'one way'],
  ['20251105', 'one way'],
  ['2025-11', 'one way'],
  ['2025-W45-3', 'one way'],
  ['5 Nov 2025', 'one way'],
  ['Wed, 05 Nov 2025 00:00:00 GMT', 'one way'],
  ['1762300800000', 'one way'],
  ['yesterday', 'one way'],
  ['', 'one way'],
  ['05.11.0001', 'before 1900'],
  ['31.12.1899', 'before 1900'],
  ['2026-11-28T12:00:01Z', 'future'],
  ['29.11.2026', 'future'],
  ['05.11.2926', 'future'],
])('R-SMS-10 %j is refused in words: %s', (text, why) => expect(words(text)).toContain(why));

test('R-SMS-10 every real day reads the same in both notations, and no other day does', () => {
  const number = (min: number, max: number) => fc.integer({ min, max });
  fc.assert(
    fc.property(number(1900, 2025), number(1, 13), number(0, 32), (year, month, day) => {
      const two = (value: number) => String(value).padStart(2, '0');
      const iso = `${year}-${two(month)}-${two(day)}`;
      const real = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(iso);
      const expected = real ? `${iso}T00:00:00.000Z` : 'is a day or time that does not exist';
      expect([words(iso), words(`${two(day)}.${two(month)}.${year}`)]).toEqual([expected, expected]);
    }),
  );
});

test('R-SMS-10 no text makes reading a date fail', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.:TZ+ -]{1,25}$/)),
      (text) => {
        expect(['date', 'refused']).toContain(read(text).kind);
      },
    ),
  );
});
