import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import { measure } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import { moved, noted, smsChange } from '../change.ts';
import type { Provider, Refused, SendOutcome } from '../core/provider-model.ts';
import { suppressByProvider } from '../inbound/suppress.ts';
import { isHandOff } from '../internal-events.ts';
import { countLostCode, givesUp } from '../lost-codes.ts';
import { getSms } from '../message-repository.ts';
import type { Attempt, Sms } from '../model.ts';
import { adapterOf } from '../providers/adapters.ts';
import { mayMove } from '../states.ts';
import { acceptedAttempt, isOpen, onwardFrom, replaced, smsStateAfter } from './attempts.ts';
import { referenceWrite } from './reference-repository.ts';
import { nextQueryAt } from './status-queries.ts';

export interface Noting {
  readonly smsId: string;
  readonly attemptId: string;
  readonly provider: Provider;
  /** Providers the message may go to, in order. */
  readonly allowed: readonly string[];
  readonly outcome: SendOutcome;
}

interface Step {
  readonly sms: Sms;
  readonly attempt: Attempt;
  readonly at: Instant;
}

const nothing: Change = { writes: [], events: [] };

/** References to all ids of an attempt, so that reports find it. */
export const referencesOf = (
  rt: Runtime,
  sms: Sms,
  { id, providerId, providerIds }: Attempt,
  at: Instant,
): Write[] =>
  providerIds
    .filter((theirId) => theirId !== id) // our own is stored since before hand-off
    .map((theirId) => referenceWrite(rt, { providerId, theirId, smsId: sms.id, attemptId: id }, at));

const accepted = (rt: Runtime, { sms, at }: Step, attempt: Attempt): Change => {
  const attempts = replaced(sms, attempt);
  const to = smsStateAfter({ ...sms, attempts }, attempt);
  const askAt = nextQueryAt(attempt.startedAt, epochMs(at), { lost: false, canQuery: true });
  const open = isOpen(attempt) && { askAt };
  const after = to ? moved(sms, to, at, { attempts, ...open }) : noted(sms, { attempts, ...open });
  const change = smsChange(rt, sms, after);
  return { ...change, writes: [...change.writes, ...referencesOf(rt, sms, attempt, at)] };
};

const lost = (
  rt: Runtime,
  { sms, attempt: before, at }: Step,
  noting: Noting & { outcome: { why: string } },
): Change => {
  if (before.state !== 'sending') return nothing; // a report was faster: the provider has it
  const attempt: Attempt = { ...before, state: 'lost', why: noting.outcome.why };
  const attempts = replaced(sms, attempt);
  const { ownId } = adapterOf(noting.provider.kind).capabilities;
  const askAt = nextQueryAt(attempt.startedAt, epochMs(at), { lost: true, canQuery: ownId });
  const after = mayMove(sms.state, 'unknown')
    ? moved(sms, 'unknown', at, { attempts, askAt })
    : noted(sms, { attempts });
  return smsChange(rt, sms, after);
};

/** Failover goes by the queue of the message's own lane: it survives a crash, and codes stay in front. */
const later = (events: readonly EventDraft[], at: Instant, delaySec: number): EventDraft[] =>
  events.map((event) =>
    isHandOff(event) ? { ...event, deliverAt: instant(epochMs(at) + delaySec * 1000) } : event,
  );

/** The attempt as refused: what it may mean for the next one is kept with it. */
export const refusedAttempt = (
  attempt: Attempt,
  { reason, code, why }: Omit<Refused, 'kind'>,
  at: Instant,
): Attempt => ({
  ...attempt,
  state: 'refused',
  endedAt: at,
  code,
  why,
  notes: { ...attempt.notes, refusal: reason },
});

/** A message one of whose attempts was refused for certain: to the next provider, to the same one later, or to its end. */
export const afterRefusal = (rt: Runtime, { sms, attempt, at }: Step, allowed: readonly string[]): Change => {
  const attempts = replaced(sms, attempt);
  const isLast = sms.attempts.at(-1)?.id === attempt.id;
  if (!isLast || !(sms.state === 'sending' || sms.state === 'unknown')) {
    return smsChange(rt, sms, noted(sms, { attempts }));
  }
  const onward = onwardFrom(attempts, { allowed, nowMs: epochMs(at), validUntilMs: epochMs(sms.validUntil) });
  if (onward.kind === 'end' || !mayMove(sms.state, 'queued')) {
    const reason = onward.kind === 'end' ? onward.reason : `refused: ${attempt.code}`;
    return smsChange(rt, sms, moved(sms, 'rejected', at, { attempts, reason }));
  }
  const change = smsChange(rt, sms, moved(sms, 'queued', at, { attempts }));
  return onward.kind === 'next' ? change : { ...change, events: later(change.events, at, onward.delaySec) };
};

const changeFor = async (rt: Runtime, step: Step, noting: Noting): Promise<Change> => {
  const { outcome } = noting;
  if (outcome.kind === 'accepted') return accepted(rt, step, acceptedAttempt(step.attempt, outcome));
  if (outcome.kind === 'lost') return lost(rt, step, { ...noting, outcome });
  if (step.attempt.state !== 'sending' && step.attempt.state !== 'lost') return nothing;
  const attempt = refusedAttempt(step.attempt, outcome, step.at);
  const change = afterRefusal(rt, { ...step, attempt }, noting.allowed);
  if (outcome.reason !== 'suppressed') return change;
  const stop = await suppressByProvider(rt, step.sms, noting.provider.id);
  return { writes: [...change.writes, ...stop], events: change.events };
};

/** As the provider writes it when it takes a message; those who name a price later, or never, are not in the figure. */
const measureCost = (rt: Runtime, { outcome, provider }: Noting): void => {
  const cost = outcome.kind === 'accepted' ? Number(outcome.cost) : Number.NaN;
  if (cost > 0)
    measure(rt, 'SmsSpent', { value: cost, unit: 'None', by: { currency: provider.currency ?? 'unknown' } });
};

/** Notes what came of an attempt, whatever has happened to the message meanwhile. Noting it twice changes nothing. */
export const recordOutcome = (rt: Runtime, noting: Noting): Promise<void> =>
  untilCommitted(rt, async () => {
    const sms = await getSms(rt, noting.smsId);
    const attempt = sms.attempts.find(({ id }) => id === noting.attemptId);
    if (!attempt) throw new Error('an attempt that was begun is not on its message');
    const change = await changeFor(rt, { sms, attempt, at: instant(rt.clock.nowMs()) }, noting);
    if (change.writes.length === 0) return;
    await commit(rt, change);
    measureCost(rt, noting);
    if (givesUp(change)) countLostCode(rt, sms, 'refused');
  });
