/** Wall clocks and calendars as the checks know them: by the runtime's Intl and nothing of the product's. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Minutes since midnight. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  } as Intl.DateTimeFormatOptions);
  formats.set(zone, format);
  return format;
};

export const localTime = (zone: string, ms: number): LocalTime => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
};

const DAY_MS = 86_400_000;

export const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay();

/** Monday of its week. */
export const mondayOf = (date: string): string => {
  const back = (weekdayOf(date) + 6) % 7;
  return new Date(Date.parse(`${date}T12:00:00Z`) - back * DAY_MS).toISOString().slice(0, 10);
};

/** Days off of 2026 that are no weekend, by the labour code and the transfers the product's own table names. */
const HOLIDAYS: ReadonlySet<string> = new Set([
  ...['2026-02-23', '2026-03-08', '2026-03-09', '2026-05-01', '2026-05-09', '2026-05-11', '2026-06-12'],
  ...['2026-11-04', '2026-12-31'],
]);

/** Every offset that Russia has: Kaliningrad to Kamchatka. */
const RUSSIA: readonly string[] = [
  ...['Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk'],
  ...[
    'Asia/Novosibirsk',
    'Asia/Irkutsk',
    'Asia/Yakutsk',
    'Asia/Vladivostok',
    'Asia/Magadan',
    'Asia/Kamchatka',
  ],
];

export const zonesFor = (zone: string | undefined): readonly string[] => (zone ? [zone] : RUSSIA);

/** By whose calendar is counted. */
export const countingZone = (zone: string | undefined): string => zone ?? 'Europe/Moscow';

export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** Minutes of a local day at which a debtor may be written to: 230-FZ, 8–22 on working days, 9–20 on the others. */
export const debtHours = (date: string): Opening => {
  const off = HOLIDAYS.has(date) || weekdayOf(date) === 0 || weekdayOf(date) === 6;
  return off ? { from: 9 * 60, to: 20 * 60 } : { from: 8 * 60, to: 22 * 60 };
};

export const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
