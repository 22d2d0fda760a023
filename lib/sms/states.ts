// @pure

import type { SmsState } from './model.ts';

/**
 * The life of a message (R-SMS-02) as a table: from → to. `queued` after `sending` is failover: the provider said no
 * for certain, so another may be tried. A deferred message may be deferred again.
 */
export const nextStates: Readonly<Record<SmsState, readonly SmsState[]>> = {
  registered: ['checked', 'cancelled', 'expired'],
  checked: ['deferred', 'denied', 'queued', 'cancelled', 'expired'],
  deferred: ['deferred', 'queued', 'denied', 'cancelled', 'expired'],
  queued: ['sending', 'deferred', 'denied', 'rejected', 'failed', 'cancelled', 'expired'],
  sending: ['queued', 'sent', 'unknown', 'delivered', 'read', 'rejected', 'failed', 'expired', 'cancelled'],
  unknown: ['sent', 'delivered', 'read', 'rejected', 'failed', 'expired', 'cancelled'],
  sent: ['delivered', 'read', 'rejected', 'failed', 'expired', 'cancelled'],
  delivered: ['read'],
  read: [],
  denied: [],
  failed: [],
  expired: [],
  rejected: [],
  cancelled: [],
};

/** How far a state is. A report never takes a message to a smaller rank: reports come twice and out of order. */
export const stateRank: Readonly<Record<SmsState, number>> = {
  registered: 0,
  checked: 1,
  deferred: 2,
  queued: 3,
  sending: 4,
  unknown: 5,
  sent: 6,
  delivered: 8,
  denied: 9,
  failed: 9,
  expired: 9,
  rejected: 9,
  cancelled: 9,
  read: 9,
};

export const mayMove = (from: SmsState, to: SmsState): boolean => nextStates[from].includes(to);

/** Nothing follows. `delivered` is final for everybody who waits, though it may still become `read`. */
export const isFinal = (state: SmsState): boolean => stateRank[state] >= stateRank.delivered;

/** Before anything was handed over: the caller may still cancel, and time may still expire it. */
export const isHeld = (state: SmsState): boolean => stateRank[state] <= stateRank.queued;

/** A report moves a message only forward; one that says what is known already, or less, changes nothing. */
export const reportMoves = (from: SmsState, to: SmsState): boolean =>
  stateRank[to] > stateRank[from] && mayMove(from, to);

/** Nothing reached the recipient for certain, so the day's count is given back (R-SMS-07). */
const GIVES_BACK: Readonly<Partial<Record<SmsState, readonly SmsState[]>>> = {
  deferred: ['denied', 'cancelled', 'expired'],
  queued: ['denied', 'rejected', 'failed', 'cancelled', 'expired'],
  // A refusal in so many words. A lost answer becomes `unknown` first and keeps its count.
  sending: ['rejected', 'failed', 'cancelled', 'expired'],
  unknown: ['rejected', 'cancelled'],
  // The provider took it back before it went out. One it could not deliver may have been seen: the count stays.
  sent: ['cancelled'],
};

export const givesBack = (from: SmsState, to: SmsState): boolean => GIVES_BACK[from]?.includes(to) ?? false;
