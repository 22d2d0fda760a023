// @pure

/** Wall clocks of the world by `Intl`, i.e. by the runtime's own IANA data. All instants are milliseconds, UTC. */
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Offsets change at full quarters of an hour, everywhere, since 1970 or so. */
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_KEPT = 20_000;

/** Remembers answers that never change; forgets all when there are too many, so that it stays small. */
const remembered = <K, V>(compute: (key: K) => V): ((key: K) => V) => {
  const kept = new Map<K, V>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MAX_KEPT) kept.clear();
    const value = compute(key);
    kept.set(key, value);
    return value;
  };
};

const formatOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

const readOffset = (format: Intl.DateTimeFormat, ms: number): number => {
  const parts = format.formatToParts(ms);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const date = [part('year'), part('month') - 1, part('day')] as const;
  return Date.UTC(...date, part('hour'), part('minute'), part('second')) - ms;
};

const offsetsOf = remembered((zone: string) => {
  const format = formatOf(zone);
  return remembered((quarter: number) => readOffset(format, quarter * QUARTER_MS));
});

/** How far the zone's wall clock is ahead of UTC, in ms. Remembered: a format costs a hundred times the look-up. */
export const offsetMs = (zone: string, ms: number): number => offsetsOf(zone)(Math.floor(ms / QUARTER_MS));

/** A calendar day as a number: days since 1970-01-01. */
export type Day = number;

export const localDay = (zone: string, ms: number): Day => Math.floor((ms + offsetMs(zone, ms)) / DAY_MS);

/** `YYYY-MM-DD` */
export const dateOf = remembered((day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10));

export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7;

/** Local time as people read it: `21:40`. */
export const localTime = (zone: string, ms: number): string =>
  new Date(ms + offsetMs(zone, ms)).toISOString().slice(11, 16);

/** `HH:MM` as minutes; `24:00` is 1440. */
export const minutesOf = remembered((time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
});

export type Edge = 'open' | 'close';

const instantsOf = remembered((zone: string) => {
  const at = (edge: Edge) =>
    remembered((local: number) => {
      const around = [offsetMs(zone, local - DAY_MS), offsetMs(zone, local + DAY_MS)];
      const candidates = around.map((offset) => ({ ms: local - offset, offset }));
      const shown = candidates.filter(({ ms, offset }) => offsetMs(zone, ms) === offset);
      const instants = (shown.length > 0 ? shown : candidates).map(({ ms }) => ms);
      return edge === 'open' ? Math.max(...instants) : Math.min(...instants);
    });
  return { open: at('open'), close: at('close') };
});

/**
 * The instant at which a local day's clock shows so many minutes. Where the clock shows it twice or never (a change of
 * summer time), a window opens late and closes early: never the other way.
 */
export const localInstant = (zone: string, at: { day: Day; minutes: number }, edge: Edge): number =>
  instantsOf(zone)[edge](at.day * DAY_MS + at.minutes * MINUTE_MS);
