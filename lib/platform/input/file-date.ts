import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '../clock.ts';
import { plainLine } from './pasted-text.ts';

/** A date of a table's cell, understood, or why it is not, in words for whoever made the table. */
export type FileDate =
  | { readonly kind: 'date'; readonly at: Instant }
  | { readonly kind: 'refused'; readonly detail: string };

/** `2025-11-05`, `2025-11-05 14:30`, `2025-11-05T14:30:00+03:00` (ISO 8601). */
const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d{1,9})?)? ?(?<offset>Z|[+-]\d\d:?\d\d)?)?$/i;
/** `05.11.2025`, `5.11.2025 14:30` */
const DOTTED =
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?:,? (?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d))?)?$/;
const SERIAL = /^\d{1,6}([.,]\d+)?$/;

const FIRST_YEAR = 1900;

const refused = (detail: string): FileDate => ({ kind: 'refused', detail });

type Parts = Readonly<Record<string, string | undefined>>;

/** Epoch milliseconds of what was written. Throws RangeError when the calendar or the clock has no such moment. */
const epochMsOf = ({ offset, ...parts }: Parts, zone: string): number => {
  const number = (name: string) => Number(parts[name] ?? 0);
  const fields = {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  };
  const local = Temporal.PlainDateTime.from(fields, { overflow: 'reject' });
  const place = offset === undefined ? zone : /^z$/i.test(offset) ? 'UTC' : offset;
  return local.toZonedDateTime(place).epochMilliseconds;
};

/** Whether something can have happened then: from 1900 on (by the year as it was written), and not after `nowMs`. */
export const pastMoment = (moment: { year: number; atMs: number }, nowMs: number): FileDate => {
  if (moment.year < FIRST_YEAR) return refused(`lies before ${FIRST_YEAR}`);
  return moment.atMs > nowMs ? refused('lies in the future') : { kind: 'date', at: instant(moment.atMs) };
};

/**
 * Reads a date of a file: ISO 8601 or `dd.mm.yyyy`, perhaps with a time. It must be a real day of the calendar, from 1900
 * on, and not after `nowMs`. Without an offset it is of `zone` (IANA), a day being its first moment. Anything else is
 * refused: what could be read in two ways is never guessed, and a spreadsheet's serial number is no date.
 */
export const readPastDate = (text: string, { zone, nowMs }: { zone: string; nowMs: number }): FileDate => {
  const line = plainLine(text);
  const parts = (ISO.exec(line) ?? DOTTED.exec(line))?.groups;
  if (!parts) {
    return refused(
      SERIAL.test(line)
        ? 'is a number, not a date: give the column the format of a date before exporting'
        : 'is no date that can be read in one way only: write 2025-11-05 or 05.11.2025',
    );
  }
  try {
    return pastMoment({ year: Number(parts.year), atMs: epochMsOf(parts, zone) }, nowMs);
  } catch {
    return refused('is a day or time that does not exist');
  }
};
