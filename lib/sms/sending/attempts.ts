// @pure

import { epochMs, type Instant } from '../../platform/clock.ts';
import type { Accepted, ReportState, StatusReport } from '../core/provider-model.ts';
import { type Attempt, type AttemptState, MAX_ATTEMPTS, type Sms, type SmsState } from '../model.ts';
import { reportMoves } from '../states.ts';

/** Words of reports that end a part of a message. */
const FINAL: ReadonlySet<string> = new Set([
  'delivered',
  'read',
  'failed',
  'expired',
  'rejected',
  'cancelled',
] satisfies ReportState[]);

const isFinalPart = (state: string | undefined): boolean => state !== undefined && FINAL.has(state);

/** What is known of one part after one more report. The first end holds, but for `read` after `delivered`. */
const partAfter = (known: string | undefined, reported: ReportState): string | undefined => {
  if (isFinalPart(known)) return known === 'delivered' && reported === 'read' ? reported : known;
  return reported === 'missing' || reported === 'unrecognised' ? known : reported;
};

/**
 * What the parts together come to: delivered when all are, failed as soon as one is, since the rest alone is no message.
 * Undefined: not settled.
 */
const together = (attempt: Attempt): AttemptState | undefined => {
  const states = attempt.providerIds.map((id) => attempt.partStates?.[id]);
  const bad = states.find((state) => isFinalPart(state) && state !== 'delivered' && state !== 'read');
  if (bad) return bad as AttemptState;
  if (!states.every((state) => state === 'delivered' || state === 'read')) return undefined;
  return states.includes('read') ? 'read' : 'delivered';
};

const OPEN: ReadonlySet<AttemptState> = new Set(['sending', 'sent', 'lost']);

/** An attempt whose end nobody knows yet. */
export const isOpen = (attempt: Attempt): boolean => OPEN.has(attempt.state);

export const replaced = (sms: Sms, attempt: Attempt): readonly Attempt[] =>
  sms.attempts.map((each) => (each.id === attempt.id ? attempt : each));

/** The provider took it. Reports that were faster than its answer are stored already. */
export const acceptedAttempt = (attempt: Attempt, accepted: Accepted): Attempt => {
  const known = attempt.providerIds.filter((id) => !accepted.refs.includes(id));
  const after: Attempt = {
    ...attempt,
    providerIds: [...accepted.refs, ...known],
    ...(accepted.parts !== undefined && { parts: accepted.parts }),
    ...(accepted.cost !== undefined && { notes: { ...attempt.notes, cost: accepted.cost } }),
  };
  if (!isOpen(attempt)) return after;
  return { ...withoutReason(after), state: together(after) ?? 'sent' };
};

/** In the words of the provider's documents, or its bare code. */
const reasonOf = ({ why, errorCode }: StatusReport): Pick<Attempt, 'why'> =>
  errorCode === undefined ? {} : { why: why ?? `reason ${errorCode}` };

/** Clocks differ a little; what says more than that is no time of this attempt. */
const CLOCKS_DIFFER_MS = 3_600_000;

/** When it came about: as the provider says, where that can be, else when we learned of it. */
const endOf = ({ startedAt }: Attempt, reported: Instant | undefined, receivedAt: Instant): Instant =>
  reported !== undefined &&
  reported <= receivedAt &&
  epochMs(reported) >= epochMs(startedAt) - CLOCKS_DIFFER_MS
    ? reported
    : receivedAt;

/** A loss or a failure that was feared before says nothing of a message that the provider has. */
const withoutReason = ({ why, ...attempt }: Attempt): Attempt => attempt;

/** An attempt at its end. Only a bad one has a reason. */
const ended = (after: Attempt, state: AttemptState, report: StatusReport, receivedAt: Instant): Attempt => ({
  ...withoutReason(after),
  state,
  endedAt: endOf(after, report.at, receivedAt),
  code: report.code,
  ...(state === 'delivered' || state === 'read' ? {} : reasonOf(report)),
});

/** An attempt after a report, or the same object when the report says nothing new. */
export const attemptAfter = (attempt: Attempt, report: StatusReport, at: Instant): Attempt => {
  const reported = partAfter(attempt.partStates?.[report.ref], report.state);
  const known = attempt.providerIds.includes(report.ref);
  const strange = report.state === 'unrecognised' ? report.code : undefined;
  const isNews =
    reported !== attempt.partStates?.[report.ref] ||
    (strange !== undefined && attempt.unrecognised !== strange) ||
    (!known && report.state !== 'missing');
  if (!isNews) return attempt;
  const after: Attempt = {
    ...attempt,
    providerIds: known ? attempt.providerIds : [...attempt.providerIds, report.ref],
    ...(reported !== undefined && { partStates: { ...attempt.partStates, [report.ref]: reported } }),
    ...(strange !== undefined && { unrecognised: strange }),
  };
  const end = together(after);
  if (end && (isOpen(attempt) || (attempt.state === 'delivered' && end === 'read'))) {
    return ended(after, end, report, at);
  }
  // A word from the provider means that it has the message, whatever became of its answer.
  return isOpen(attempt) ? { ...withoutReason(after), state: 'sent' } : after;
};

const SMS_STATES: Readonly<Partial<Record<AttemptState, SmsState>>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  expired: 'expired',
  rejected: 'rejected',
  cancelled: 'cancelled',
};

/**
 * Where a message goes when one of its attempts has come to a state; undefined: nowhere. Of an attempt that was given up
 * only good news counts: the message may go on elsewhere.
 */
export const smsStateAfter = (sms: Sms, attempt: Attempt): SmsState | undefined => {
  const to = SMS_STATES[attempt.state];
  const isLast = sms.attempts.at(-1)?.id === attempt.id;
  if (!to || (!isLast && to !== 'delivered' && to !== 'read')) return undefined;
  return reportMoves(sms.state, to) ? to : undefined;
};

/** What a provider's refusal leaves of a message's ways. */
export type Onward =
  | { readonly kind: 'next' }
  /** Everybody who is left has said "not now". */
  | { readonly kind: 'later'; readonly delaySec: number }
  | { readonly kind: 'end'; readonly reason: string };

const FIRST_DELAY_SEC = 15;
const MAX_DELAY_SEC = 900;

/** Refusals for good: these providers are not tried again for this message. */
const isForGood = (attempt: Attempt): boolean =>
  attempt.state === 'refused' && attempt.notes?.refusal !== 'temporary';

/** Providers that may still be tried, in the given order: those that refused for now come after those not tried yet. */
export const providersLeft = (attempts: readonly Attempt[], allowed: readonly string[]): string[] => {
  const left = allowed.filter(
    (id) => !attempts.some((attempt) => attempt.providerId === id && isForGood(attempt)),
  );
  const requested = (id: string) => attempts.filter(({ providerId }) => providerId === id).length;
  return left.toSorted((a, b) => requested(a) - requested(b));
};

/** Failover (R-SMS-04): the next provider at once; when all have been tried, those that refused for now again, with growing delays. */
export const onwardFrom = (
  attempts: readonly Attempt[],
  { allowed, nowMs, validUntilMs }: { allowed: readonly string[]; nowMs: number; validUntilMs: number },
): Onward => {
  const last = attempts.at(-1);
  const refusal = `refused: ${last?.code ?? 'unknown'}`;
  if (last?.notes?.refusal === 'suppressed') return { kind: 'end', reason: refusal };
  const left = providersLeft(attempts, allowed);
  const [first] = left;
  if (first === undefined || attempts.length >= MAX_ATTEMPTS) return { kind: 'end', reason: refusal };
  if (!attempts.some(({ providerId }) => providerId === first)) return { kind: 'next' };
  const rounds = Math.floor(attempts.length / Math.max(1, left.length)) - 1;
  const delaySec = Math.min(MAX_DELAY_SEC, FIRST_DELAY_SEC * 2 ** Math.max(0, rounds));
  return nowMs + delaySec * 1000 < validUntilMs
    ? { kind: 'later', delaySec }
    : { kind: 'end', reason: refusal };
};
