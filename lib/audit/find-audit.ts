import { type AuditEntry, auditEntry } from '../platform/audit.ts';
import { type Instant, instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../platform/http/pagination.ts';
import type { Runtime } from '../platform/runtime.ts';
import { type AuditFilter, listEntries } from './audit-repository.ts';

/** Without subject or actor the log is read day by day, so the days are bounded. */
export const MAX_DAYS = 31;
const DAY_MS = 24 * 3600 * 1000;
/** Clocks differ: what another machine just recorded may lie a little ahead of ours. */
const AHEAD_MS = 60_000;

export const auditView = auditEntry();

export interface AuditSearch {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const badRange = (message: string): AppError =>
  new AppError('invalid', 'invalid-range', message, { details: [{ path: 'query.from', message }] });

/** The bounds of a search: to just ahead of now, from 31 days before. Throws `invalid-range`. */
const filterOf = ({ subject, actor, from, to }: AuditSearch, nowMs: number): AuditFilter => {
  const endMs = to === undefined ? nowMs + AHEAD_MS : Date.parse(to);
  const startMs = from === undefined ? endMs - MAX_DAYS * DAY_MS : Date.parse(from);
  if (startMs > endMs) throw badRange('from lies after to');
  if (subject === undefined && actor === undefined && endMs - startMs > MAX_DAYS * DAY_MS + AHEAD_MS) {
    throw badRange(`without subject or actor, from and to lie ${MAX_DAYS} days apart at most`);
  }
  return { subject, actor, from: instant(startMs), to: instant(endMs) };
};

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)#[\w-]{1,80}$/;

/** The sort key in a cursor. Throws `invalid-cursor`. */
const placeIn = (list: string, cursor: string): string => {
  const { place } = decodeCursor(list, cursor);
  const at = PLACE.exec(String(place))?.[1];
  if (at !== undefined && !Number.isNaN(Date.parse(at))) return String(place);
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

/** Entries of the audit log, newest first. Throws `invalid-range`, `invalid-cursor`. */
export const findAudit = async (rt: Runtime, search: AuditSearch): Promise<Page<AuditEntry>> => {
  const filter = filterOf(search, rt.clock.nowMs());
  const { subject = '', actor = '', from = '', to = '' } = search;
  const list = `audit:${subject}:${actor}:${from}:${to}`;
  const after = search.cursor === undefined ? undefined : placeIn(list, search.cursor);
  // The default range moves with the clock: a cursor may have fallen out of it.
  if (after !== undefined && (after < filter.from || after >= filter.to))
    return { items: [], nextCursor: null };
  const page = await listEntries(rt, { filter, after, limit: search.limit });
  return {
    items: page.entries,
    nextCursor: page.after === undefined ? null : encodeCursor(list, { place: page.after }),
    ...omittedOf(page),
  };
};
