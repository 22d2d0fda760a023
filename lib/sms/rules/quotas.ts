// @pure

import type { Caps } from '../core/registry-model.ts';
import { dateOf, dayOf, weekdayOf } from './local-time.ts';

/** Message → the recipient's calendar day it is counted on. */
export type Planned = Readonly<Record<string, string>>;

export interface Counts {
  readonly day: number;
  /** Calendar week from Monday. Source: FSSP's reading of 230-FZ, art. 7 (calendar week, calendar month). */
  readonly week: number;
  readonly month: number;
}

/** Monday of a date's week. */
export const weekOf = (date: string): string => {
  const day = dayOf(date);
  return dateOf(day - ((weekdayOf(day) + 6) % 7));
};

/** How many others are counted on this day, in its week and in its month. */
export const countsOn = (planned: Planned, date: string, ownId: string): Counts => {
  const dates = Object.entries(planned).flatMap(([id, on]) => (id === ownId ? [] : [on]));
  const week = weekOf(date);
  return {
    day: dates.filter((on) => on === date).length,
    week: dates.filter((on) => weekOf(on) === week).length,
    month: dates.filter((on) => on.slice(0, 7) === date.slice(0, 7)).length,
  };
};

/** Whether one more fits. */
export const fits = (counts: Counts, caps: Caps): boolean =>
  counts.day < (caps.perDay ?? Number.POSITIVE_INFINITY) &&
  counts.week < (caps.perWeek ?? Number.POSITIVE_INFINITY) &&
  counts.month < (caps.perMonth ?? Number.POSITIVE_INFINITY);

export const hasCaps = (caps: Caps | undefined): caps is Caps =>
  caps !== undefined && [caps.perDay, caps.perWeek, caps.perMonth].some((cap) => cap !== undefined);

const KEEP_DAYS = 40;

/** Entries no calendar month of a coming message can hold. */
export const outdatedOn = (planned: Planned, date: string): string[] => {
  const oldest = dateOf(dayOf(date) - KEEP_DAYS);
  return Object.entries(planned).flatMap(([id, on]) => (on < oldest ? [id] : []));
};
