// @pure

import * as z from 'zod';
import { type Instant, plusSeconds } from '../platform/clock.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';

export const gatherKinds = ['reply-waiting', 'tickets-overdue'] as const;
export type GatherKind = (typeof gatherKinds)[number];

/**
 * How long things are gathered into one notification, and how long after one the next may be told. Neither may be longer
 * than 900 s, which is as far as a message can be delayed.
 */
export const digestDelays: Readonly<
  Record<GatherKind, { readonly waitSec: number; readonly apartSec: number }>
> = {
  'reply-waiting': { waitSec: 300, apartSec: 900 },
  'tickets-overdue': { waitSec: 60, apartSec: 60 },
};

/** What is being gathered about one thing (a ticket's replies, a desk's overdue tickets), and what was told last. */
export const gatheringSchema = lazily(() =>
  z.object({
    kind: z.enum(gatherKinds),
    id: z.string(),
    version: z.int(),
    /** Present while something waits to be told. */
    openedAt: storedInstant().optional(),
    refs: z.set(z.string()).optional(),
    /** Whom it is for, where that is one person. */
    userId: z.string().optional(),
    toldAt: storedInstant().optional(),
    told: z.set(z.string()).optional(),
    /** The person was there at this moment: nothing before it needs telling. */
    seenAt: storedInstant().optional(),
  }),
);
export type Gathering = ReadBy<typeof gatheringSchema>;

/** One thing to tell. */
export interface DigestItem {
  readonly kind: GatherKind;
  readonly id: string;
  readonly ref: string;
  readonly at: Instant;
  readonly userId?: string;
}

export type GatherDecision =
  | { readonly kind: 'known' }
  | { readonly kind: 'add' }
  | {
      readonly kind: 'open';
      readonly next: Gathering & { readonly openedAt: Instant };
      readonly dueAt: Instant;
    };

/** Queues deliver twice and out of order: what was told or seen already is not told again. */
export const gather = (before: Gathering | undefined, news: DigestItem, now: Instant): GatherDecision => {
  const { kind, id, ref, at, userId } = news;
  const seen = before?.seenAt !== undefined && at <= before.seenAt;
  if (seen || before?.refs?.has(ref) || before?.told?.has(ref)) return { kind: 'known' };
  if (before?.openedAt !== undefined) return { kind: 'add' };
  const { waitSec, apartSec } = digestDelays[kind];
  const soonest = plusSeconds(now, waitSec);
  const apart = before?.toldAt === undefined ? soonest : plusSeconds(before.toldAt, apartSec);
  return {
    kind: 'open',
    dueAt: apart > soonest ? apart : soonest,
    next: {
      ...before,
      kind,
      id,
      version: (before?.version ?? 0) + 1,
      openedAt: now,
      refs: new Set([ref]),
      ...(userId !== undefined && { userId }),
    },
  };
};

/** It has been told of. */
export const told = ({ openedAt, refs, ...rest }: Gathering, now: Instant): Gathering => ({
  ...rest,
  version: rest.version + 1,
  toldAt: now,
  ...(refs && { told: refs }),
});

/** The person was there: what waited does so no longer. Undefined when that is no news. */
export const seen = (before: Gathering | undefined, news: Omit<DigestItem, 'ref'>): Gathering | undefined => {
  const { kind, id, at } = news;
  if (before?.seenAt !== undefined && before.seenAt >= at) return undefined;
  const { openedAt, refs, ...rest } = before ?? { kind, id, version: 0 };
  const stillWaits = openedAt !== undefined && openedAt > at;
  return {
    ...rest,
    ...(stillWaits && { openedAt, refs }),
    version: rest.version + 1,
    seenAt: at,
  };
};
