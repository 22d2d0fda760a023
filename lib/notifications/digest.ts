// @pure

import * as z from 'zod';
import { type Instant, plusSeconds } from '../platform/clock.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';

export const digestKinds = ['reply-waiting', 'tickets-overdue'] as const;
export type DigestKind = (typeof digestKinds)[number];

/**
 * How long facts are collected into one notification, and how long after one the next may be sent. Neither may be longer
 * than 900 s, which is as far as a message can be delayed.
 */
export const digestDelays: Readonly<
  Record<DigestKind, { readonly waitSec: number; readonly apartSec: number }>
> = {
  'reply-waiting': { waitSec: 300, apartSec: 900 },
  'tickets-overdue': { waitSec: 60, apartSec: 60 },
};

/** What is being collected about one thing (a ticket's replies, a desk's overdue tickets), and what was sent last. */
export const digestSchema = lazily(() =>
  z.object({
    kind: z.enum(digestKinds),
    id: z.string(),
    version: z.int(),
    /** Present while something waits to be sent. */
    openedAt: storedInstant().optional(),
    refs: z.set(z.string()).optional(),
    /** Who receives it, where that is one user. */
    userId: z.string().optional(),
    toldAt: storedInstant().optional(),
    told: z.set(z.string()).optional(),
    /** The user had read everything up to this moment: nothing before it is sent. */
    seenAt: storedInstant().optional(),
  }),
);
export type Digest = ReadBy<typeof digestSchema>;

/** One fact of a digest. */
export interface DigestItem {
  readonly kind: DigestKind;
  readonly id: string;
  readonly ref: string;
  readonly at: Instant;
  readonly userId?: string;
}

export type DigestDecision =
  | { readonly kind: 'known' }
  | { readonly kind: 'add' }
  | {
      readonly kind: 'open';
      readonly next: Digest & { readonly openedAt: Instant };
      readonly dueAt: Instant;
    };

/** Queues deliver twice and out of order: what was sent or read already is not sent again. */
export const collect = (before: Digest | undefined, item: DigestItem, now: Instant): DigestDecision => {
  const { kind, id, ref, at, userId } = item;
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

/** The digest has been sent. */
export const markSent = ({ openedAt, refs, ...rest }: Digest, now: Instant): Digest => ({
  ...rest,
  version: rest.version + 1,
  toldAt: now,
  ...(refs && { told: refs }),
});

/** The user has read what waited. Undefined when nothing changes. */
export const markRead = (before: Digest | undefined, item: Omit<DigestItem, 'ref'>): Digest | undefined => {
  const { kind, id, at } = item;
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
