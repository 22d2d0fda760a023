// @pure

import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import * as events from '../events.ts';

/** One fact of the journal. */
export interface JournalEntry {
  readonly id: string;
  readonly at: Instant;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Facts that are written to the journal with their commits. The others come to it by the queue. */
const writtenDown: ReadonlySet<string> = new Set(
  Object.values(events).flatMap((each) => ('recorded' in each && each.recorded ? [each.name] : [])),
);

const isWrittenDown = ({ type }: EventDraft): boolean => writtenDown.has(type);

/**
 * What of a change is written to the journal, and what is sent: a fact of the journal too, where somebody consumes it.
 * @param routes event → queues
 */
export const writtenAndSent = <E extends EventDraft>(
  drafts: readonly E[],
  routes: Readonly<Record<string, readonly string[]>>,
): { readonly written: E[]; readonly sent: E[] } => ({
  written: drafts.filter(isWrittenDown),
  sent: drafts.filter((draft) => !isWrittenDown(draft) || draft.type in routes),
});

/** The journal of what concerns every desk: the global limits. Every desk's replay reads it along. */
export const EVERY_DESK = '*';

/** How long the journal keeps a fact (R-DESK-12). */
export const KEEP_DAYS = 90;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/**
 * The journals a fact belongs to: that of its desk, and of the desk it left. None for what no replay needs.
 */
export const journalsOf = ({ type, data }: Pick<JournalEntry, 'type' | 'data'>): readonly string[] => {
  if (type === events.limitsChanged.name) return Array.isArray(data.deskIds) ? data.deskIds : [EVERY_DESK];
  const desks = [data.deskId, data.fromDeskId].filter((desk): desk is string => typeof desk === 'string');
  return [...new Set(desks)];
};

/** `2026-11-23T08`: the journal is kept in a partition an hour. */
export const hourOf = (at: Instant): string => at.slice(0, 13);

/** The hours that a span touches, both ends included. */
export const hoursBetween = (from: Instant, to: Instant): string[] => {
  const hours: string[] = [];
  const firstMs = Math.floor(epochMs(from) / HOUR_MS) * HOUR_MS;
  for (let atMs = firstMs; atMs <= epochMs(to); atMs += HOUR_MS) hours.push(hourOf(instant(atMs)));
  return hours;
};
