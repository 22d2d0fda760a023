import { epochMs, type Instant, instant } from '../../platform/clock.ts';

/** No two instants of one local day lie further apart, clock changes included. */
const KEEP_MS = 48 * 3600 * 1000;

/** The client's granted messages, each with the instant of its acceptance. */
export type UrgentGrants = Readonly<Record<string, Instant>>;

/** The calendar day of an instant in an IANA zone. */
export const localDay = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(epochMs(at));

export interface UrgencyAsked {
  readonly messageId: string;
  readonly acceptedAt: Instant;
  /** Of the desk the ticket is on. */
  readonly timeZone: string;
  /** How many of a client's messages may be urgent in one day of that zone (R-DESK-13). */
  readonly perDay: number;
}

/** The grants with this message among them, or undefined when the day's are used up. What lies too far back goes. */
export const grantUrgency = (grants: UrgentGrants, asked: UrgencyAsked): UrgentGrants | undefined => {
  const { messageId, acceptedAt, timeZone, perDay } = asked;
  const day = localDay(acceptedAt, timeZone);
  const used = Object.entries(grants).filter(
    ([id, at]) => id !== messageId && localDay(at, timeZone) === day,
  );
  if (used.length >= perDay) return undefined;
  const since = instant(epochMs(acceptedAt) - KEEP_MS);
  const kept = Object.entries(grants).filter(([, at]) => at > since);
  return { ...Object.fromEntries(kept), [messageId]: acceptedAt };
};
