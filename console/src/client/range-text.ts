const HOUR_MIN = 60;

/** `1–3 min`, `2–3 h`: whole units, never less than one. */
export const rangeText = (fromSec: number, toSec: number, locale: string): string => {
  const from = Math.max(1, Math.floor(fromSec / 60));
  const to = Math.max(from, Math.ceil(toSec / 60));
  const hours = from >= HOUR_MIN;
  const unit = hours ? 'hour' : 'minute';
  const [least, most] = hours ? [Math.floor(from / 60), Math.ceil(to / 60)] : [from, to];
  const text = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(most);
  return least === most ? text : text.replace(String(most), `${least}–${most}`);
};
