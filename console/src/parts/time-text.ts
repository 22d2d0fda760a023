const DAY_MS = 86_400_000;

/** Formatters are dear to make and few: one for each language and shape. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const format = (at: string | number, locale: string, options: Intl.DateTimeFormatOptions): string => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known.format(new Date(at));
};

/** Day of the reader's zone, as `2026-11-29`. */
export const dayOf = (at: string | number, timeZone?: string): string =>
  format(at, 'sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit', ...(timeZone && { timeZone }) });

export const clockTime = (at: string, locale: string): string =>
  format(at, locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** To the second. */
export const secondsTime = (at: string, locale: string): string =>
  format(at, locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** Today: the time; this week: the day; else the date, with its year when that is another. */
export const shortTime = (at: string, { locale, nowMs }: { locale: string; nowMs: number }): string => {
  const ageMs = nowMs - Date.parse(at);
  if (dayOf(at) === dayOf(nowMs)) return clockTime(at, locale);
  if (ageMs > 0 && ageMs < 6 * DAY_MS) return format(at, locale, { weekday: 'short' });
  const sameYear = dayOf(at).slice(0, 4) === dayOf(nowMs).slice(0, 4);
  return format(at, locale, { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) });
};

export const exactTime = (at: string, locale: string): string =>
  format(at, locale, { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });

/** Day and time to the second. */
export const dateTime = (at: string, locale: string): string =>
  format(at, locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** Heading over a day's entries, for others than today and yesterday. */
export const dayText = (at: string, locale: string): string =>
  format(at, locale, { weekday: 'long', day: 'numeric', month: 'long' });

/** `3 h`, `4 min`, in the unit that is used for so long a span. */
export const spanText = (ms: number, locale: string): string => {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  const [value, unit] =
    minutes >= 2 * 1440
      ? [Math.round(minutes / 1440), 'day']
      : minutes >= 100
        ? [Math.round(minutes / 60), 'hour']
        : [minutes, 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
};

/** `1.2 MB`. */
export const sizeText = (bytes: number, locale: string): string => {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, 'megabyte'] : [Math.max(1, bytes / 1000), 'kilobyte'];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
};
