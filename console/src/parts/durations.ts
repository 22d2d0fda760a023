const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds left until `untilMs`, never below 0; a begun second counts whole, so that 0 means over. */
export const secondsLeft = (untilMs: number, nowMs: number): number =>
  Math.max(0, Math.ceil((untilMs - nowMs) / 1000));

/** `0:34`, `12:05`, `1:02:05`. */
export const clockText = (seconds: number): string => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = two(Math.floor(seconds % 60));
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
};

/** When a countdown is spoken: each second would drown everything else. */
const ANNOUNCED_AT_SEC: readonly number[] = [60, 30, 10];

/** The mark that was passed last, in seconds; undefined before the first. */
export const announcedMark = (seconds: number): number | undefined =>
  ANNOUNCED_AT_SEC.findLast((mark) => seconds <= mark);
