import { epochMs, instant } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveCode } from '../../platform/secrets/index.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, smsChange } from '../change.ts';
import type { Provider } from '../core/provider-model.ts';
import { type Evaluated, evaluateSms, verdictChange } from '../evaluate-sms.ts';
import { handOffEvent } from '../internal-events.ts';
import { countLostCode } from '../lost-codes.ts';
import { findSms } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { boundedOutcome } from '../providers/provider-values.ts';
import { callbackUrl } from '../providers/provider-view.ts';
import { acquirePermit, releasePermit } from './acquire-permit.ts';
import { providersLeft } from './attempts.ts';
import { beginAttempt } from './begin-attempt.ts';
import { connect, type Known, knownProviders } from './known-providers.ts';
import type { Lane } from './pace.ts';
import { recordHealth } from './record-health.ts';
import { recordOutcome } from './record-outcome.ts';

export type HandOff =
  | 'handed-over'
  /** Not in this state any more: somebody else has it, or it is over. */
  | 'not-queued'
  | 'expired'
  /** Deferred or denied by the last evaluation. */
  | 'held'
  /** No permit within the time: the queue redelivers it. */
  | 'again';

/** How long each lane waits for a permit in the function before it goes back to the queue, ms. */
const PATIENCE_MS: Readonly<Record<Lane, number>> = { otp: 10_000, transactional: 10_000, bulk: 20_000 };
/** An evaluation older than this when the permit comes is made anew: windows close, people say stop. */
const EVALUATION_MS = 1_000;
const MAX_DELAY_MS = 900_000;

export const laneOf = ({ category }: Pick<Sms, 'category'>): Lane =>
  category === 'otp' || category === 'transactional' ? category : 'bulk';

/** Healthy ones first, otherwise in the order of the registry; the ones that have refused this message for good are out. */
export const providersFor = (sms: Sms, evaluated: Evaluated, { providers, health }: Known): Provider[] => {
  const ill = (id: string) => health.some((each) => each.providerId === id && each.state !== 'up');
  const allowed = allowedFor(sms, evaluated);
  const ordered = allowed.toSorted((a, b) => Number(ill(a)) - Number(ill(b)));
  return providersLeft(sms.attempts, ordered).flatMap((id) => providers.find((each) => each.id === id) ?? []);
};

/** Ids of the providers this message may go to, by the registry as it is now. */
export const allowedFor = (sms: Sms, { facts }: Evaluated): string[] =>
  facts.providers
    .filter(({ id, disabledAt }) => !disabledAt && (sms.providerId === undefined || id === sms.providerId))
    .map(({ id }) => id);

const senderFor = (provider: Provider, { facts: { entity } }: Evaluated): string =>
  entity?.providers.find(({ providerId }) => providerId === provider.id)?.sender ??
  entity?.senderName ??
  provider.sender;

/** The code exists only here and at the provider (R-AUTH-01). */
const textOf = async (rt: Runtime, { text, challengeId }: Sms): Promise<string> =>
  challengeId === undefined ? text : text.replaceAll('{code}', await deriveCode(rt, challengeId));

/** Back to its queue for a while. Nothing has changed, so nothing is written; a failure is SQS's to repeat. */
const again = async (rt: Runtime, sms: Sms, atMs: number): Promise<'again'> => {
  const nowMs = rt.clock.nowMs();
  const waitMs = Math.min(MAX_DELAY_MS, Math.max(1000, atMs - nowMs) * (1 + rt.ids.random()));
  await sendReminders(rt, [handOffEvent(sms, instant(nowMs + waitMs))]);
  return 'again';
};

const expire = async (rt: Runtime, sms: Sms): Promise<'expired'> => {
  const at = instant(rt.clock.nowMs());
  await commit(rt, smsChange(rt, sms, moved(sms, 'expired', at, { reason: 'validity' })));
  countLostCode(rt, sms, 'expired');
  return 'expired';
};

interface Ready {
  readonly sms: Sms;
  readonly evaluated: Evaluated;
  readonly provider: Provider;
}

/** The attempt is on record before the request leaves; what comes of it is noted whatever happens to the lease. */
const send = async (rt: Runtime, { sms, evaluated, provider }: Ready): Promise<HandOff> => {
  const begun = await beginAttempt(rt, { sms, provider, evaluated });
  const { adapter, ctx } = await connect(rt, provider);
  const address = await callbackUrl(rt, 'sms-callbacks', provider.id);
  const answered = await adapter.send(ctx, {
    ownId: begun.attempt.id,
    phone: sms.phone,
    text: await textOf(rt, sms),
    sender: senderFor(provider, evaluated),
    validSec: Math.floor((epochMs(sms.validUntil) - rt.clock.nowMs()) / 1000),
    callbackUrl: `${address}?sms=${sms.id}&attempt=${encodeURIComponent(begun.attempt.id)}`,
  });
  const outcome = boundedOutcome(answered);
  if (outcome.kind === 'refused' && outcome.reason === 'unrecognised') {
    rt.log.warn('a provider refused with a code not known', { kind: provider.kind, code: outcome.code });
  }
  const attemptId = begun.attempt.id;
  const allowed = allowedFor(sms, evaluated);
  await recordOutcome(rt, { smsId: sms.id, attemptId, provider, allowed, outcome });
  await recordHealth(rt, provider.id, outcome);
  return 'handed-over';
};

const evaluateAgain = async (rt: Runtime, sms: Sms): Promise<Evaluated> =>
  evaluateSms(rt, sms, rt.clock.nowMs(), { lastCheck: true });

/** With a permit: expired, evaluated again if it took long, and off. */
const sendWithPermit = async (rt: Runtime, ready: Ready, waitedMs: number): Promise<HandOff> => {
  const { sms } = ready;
  if (epochMs(sms.validUntil) - rt.clock.nowMs() < 1000) return expire(rt, sms);
  const fresh = waitedMs < EVALUATION_MS;
  const evaluated = fresh ? ready.evaluated : await evaluateAgain(rt, sms);
  const stored = evaluated.stored ?? sms;
  if (stored.state !== 'queued') return 'not-queued';
  if (evaluated.verdict !== 'allow') return hold(rt, stored, evaluated);
  const stillAllowed = fresh || allowedFor(stored, evaluated).includes(ready.provider.id);
  if (!stillAllowed) return again(rt, stored, rt.clock.nowMs());
  return send(rt, { ...ready, sms: stored, evaluated });
};

const hold = async (rt: Runtime, sms: Sms, evaluated: Evaluated): Promise<'held'> => {
  await commit(rt, verdictChange(rt, sms, evaluated));
  if (evaluated.verdict === 'deny') countLostCode(rt, sms, 'denied');
  return 'held';
};

const step = async (rt: Runtime, smsId: string): Promise<HandOff> => {
  const found = await findSms(rt, smsId);
  if (found?.state !== 'queued') return 'not-queued';
  if (epochMs(found.validUntil) - rt.clock.nowMs() < 1000) return expire(rt, found);
  const evaluated = await evaluateAgain(rt, found);
  const sms = evaluated.stored ?? found;
  if (sms.state !== 'queued') return 'not-queued';
  if (evaluated.verdict !== 'allow') return hold(rt, sms, evaluated);
  const [provider] = providersFor(sms, evaluated, await knownProviders(rt));
  // Every way it had is gone or too new to be known: it is tried again until its validity ends.
  if (!provider) {
    countLostCode(rt, sms, 'no-provider');
    return again(rt, sms, rt.clock.nowMs() + 5000);
  }
  const lane = laneOf(sms);
  const permit = await acquirePermit(rt, { provider, lane, untilMs: rt.clock.nowMs() + PATIENCE_MS[lane] });
  if (permit.kind === 'busy') return again(rt, sms, permit.againAtMs);
  try {
    return await sendWithPermit(rt, { sms, evaluated, provider }, permit.waitedMs);
  } finally {
    await releasePermit(rt, provider.id, permit.leaseId);
  }
};

/**
 * Hands a queued message to a provider (R-SMS-03): evaluated once more, with a permit, on record before it leaves. Called twice, or by
 * two at once, it sends once: only one takes the message from `queued`.
 */
export const handOff = (rt: Runtime, smsId: string): Promise<HandOff> =>
  // Somebody else was first with this very message: each new attempt reads what has become of it.
  untilCommitted(rt, () => step(rt, smsId));
