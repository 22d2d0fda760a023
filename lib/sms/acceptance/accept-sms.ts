import type { KeyBinding } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { keyReused } from '../../platform/storage/idempotency.ts';
import { inLane } from '../../platform/storage/lanes.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import {
  type Evaluated,
  evaluatedFields,
  evaluateSms,
  recountWrites,
  STATES_BY_VERDICT,
} from '../evaluate-sms.ts';
import { statusChangedEvent } from '../events.ts';
import { handOffEvent } from '../internal-events.ts';
import { countLostCode } from '../lost-codes.ts';
import { smsWrite } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { priceOf } from '../rules/price.ts';
import { smsIdOf } from './draft.ts';
import { type ReadDraft, readDraft, type SmsDraft } from './draft-sms.ts';
import { mustMayReach } from './may-send.ts';
import type { CheckView } from './sms-view.ts';
import { costFor, spendBudget } from './spend-budget.ts';

/** The requester, the key and the content: the same three never make a second message. */
export interface RequestedBy {
  readonly requestedBy: string;
  readonly key: string;
  readonly requestHash: string;
  /** What the requesting API key is bound to. */
  readonly binding?: KeyBinding | undefined;
}

/** The same for the first request and every repeat. */
const repeated = (earlier: Sms, requestHash: string): Sms => {
  if (earlier.requestHash === requestHash) return earlier;
  throw keyReused();
};

const refuseUnknown = ({ facts }: Evaluated): void => {
  if (facts.entity) return;
  throw new AppError('unprocessable', 'legal-entity-unknown', 'There is no such legal entity.');
};

/** By the list of the provider that would be tried first. */
const priceBy = ({ requested, segments }: ReadDraft, { facts }: Evaluated) => {
  const usable = facts.providers.filter(({ disabledAt }) => disabledAt === undefined);
  const first = usable.find(({ id }) => id === requested.providerId) ?? usable[0];
  return first && priceOf(first.prices, { phone: requested.phone, parts: segments.parts });
};

/** Throws `country-not-allowed` (403). */
const refuseFarAway = (
  { requested }: ReadDraft,
  { facts }: Evaluated,
  binding: KeyBinding | undefined,
): void => {
  if (binding) mustMayReach(binding, { country: requested.country, home: facts.entity?.country });
};

/** A message that loses a race is evaluated again, and has paid; a denied one costs nothing. */
const payOnce = (
  rt: Runtime,
  read: ReadDraft,
  request: RequestedBy,
): ((evaluated: Evaluated) => Promise<void>) => {
  const { requestedBy: keyId, binding } = request;
  let isPaid = false;
  return async (evaluated) => {
    if (isPaid || evaluated.verdict === 'deny') return;
    await spendBudget(rt, { keyId, binding, at: evaluated.at, price: priceBy(read, evaluated) });
    isPaid = true;
  };
};

const newSms = (
  read: ReadDraft,
  evaluated: Evaluated,
  request: RequestedBy & Pick<SmsDraft, 'text' | 'challengeId' | 'locale'>,
): Sms => {
  const { requestedBy, key, requestHash, text, challengeId, locale } = request;
  const state = STATES_BY_VERDICT[evaluated.verdict];
  const price = priceBy(read, evaluated);
  return {
    ...read.requested,
    requestedBy,
    key,
    requestHash,
    text,
    ...(challengeId !== undefined && { challengeId }),
    ...(locale !== undefined && { locale }),
    state,
    createdAt: evaluated.at,
    stateAt: evaluated.at,
    encoding: read.segments.encoding,
    parts: read.segments.parts,
    ...(price && { price }),
    ...evaluatedFields(evaluated),
    attempts: [],
    accepted: { state, ...(evaluated.nextAllowedAt && { nextAllowedAt: evaluated.nextAllowedAt }) },
    version: 1,
  };
};

/** Whether the message counts towards the caps: only such requests contend with each other. */
const takesPlace = ({ verdict, plannedOn }: Evaluated): boolean =>
  verdict !== 'deny' && plannedOn !== undefined;

interface Registering {
  readonly read: ReadDraft;
  readonly request: RequestedBy & SmsDraft;
  /** Takes its part of the key's budget, the first time. */
  readonly pay: (evaluated: Evaluated) => Promise<void>;
}

const register = async (
  rt: Runtime,
  { read, request, pay }: Registering,
  evaluated: Evaluated,
): Promise<Sms> => {
  if (evaluated.stored) return repeated(evaluated.stored, request.requestHash);
  refuseUnknown(evaluated);
  refuseFarAway(read, evaluated, request.binding);
  await pay(evaluated);
  const sms = newSms(read, evaluated, request);
  await commit(rt, {
    writes: [smsWrite(rt, undefined, sms), ...recountWrites(rt, sms, evaluated)],
    events: [sms.state === 'queued' ? handOffEvent(sms) : statusChangedEvent(sms)],
  });
  if (sms.state === 'denied') countLostCode(rt, sms, 'denied');
  else count(rt, 'SmsAccepted');
  return sms;
};

/**
 * Requests of one process for the same recipient are counted one after the other, each evaluated by what those before it
 * left: of a thousand at once no transaction is tried in vain. Whoever exceeds a cap leaves the queue at once.
 */
const registerInTurn = async (rt: Runtime, registering: Registering, first: Evaluated): Promise<Sms> => {
  const { entityId, phone, category } = registering.read.requested;
  const lane = `sms ${first.countedIn.at(-1) ?? entityId} ${phone} ${category}`;
  const turn = await inLane(rt.dynamo, lane, async (waited) => {
    const evaluated = waited ? await evaluateSms(rt, registering.read.requested, rt.clock.nowMs()) : first;
    return { evaluated, sms: takesPlace(evaluated) ? await register(rt, registering, evaluated) : undefined };
  });
  return turn.sms ?? register(rt, registering, turn.evaluated);
};

/**
 * Registers a message (R-SMS-01): evaluated by every rule and counted in the transaction that makes it, so that parallel
 * requests never pass a cap (R-SMS-07). Four requests to AWS: read, transaction, event, its row's removal; a number in
 * national notation and a registry of providers older than five seconds cost one more.
 * One that an API key requests costs one request more, for its budget; one of an entity in a group another, for its count.
 * Throws AppError: those of `readDraft`, `legal-entity-unknown`, `idempotency-key-reused`, `country-not-allowed`, those of
 * `spendBudget`, `busy`.
 */
export const acceptSms = async (rt: Runtime, draft: SmsDraft, request: RequestedBy): Promise<Sms> => {
  const id = smsIdOf(request.requestedBy, request.key);
  const read = await readDraft(rt, draft, { id, nowMs: rt.clock.nowMs() });
  const registering = { read, request: { ...request, ...draft }, pay: payOnce(rt, read, request) };
  return untilCommitted(rt, async () => {
    const evaluated = await evaluateSms(rt, read.requested, rt.clock.nowMs());
    return takesPlace(evaluated) && !evaluated.stored
      ? registerInTurn(rt, registering, evaluated)
      : register(rt, registering, evaluated);
  });
};

/** What would become of a message now, without making one (R-SMS-08). Throws what `acceptSms` throws of the draft. */
export const checkSms = async (
  rt: Runtime,
  draft: SmsDraft,
  { binding }: Pick<RequestedBy, 'binding'> = {},
): Promise<CheckView> => {
  const nowMs = rt.clock.nowMs();
  const read = await readDraft(rt, draft, { id: rt.ids.next('sms'), nowMs });
  const evaluated = await evaluateSms(rt, read.requested, nowMs);
  refuseUnknown(evaluated);
  refuseFarAway(read, evaluated, binding);
  const price = priceBy(read, evaluated);
  if (evaluated.verdict !== 'deny') costFor(binding, price);
  return {
    verdict: evaluated.verdict,
    ...(evaluated.verdict !== 'allow' && evaluated.reason && { reason: evaluated.reason }),
    ...(evaluated.nextAllowedAt && { nextAllowedAt: evaluated.nextAllowedAt }),
    trace: [...evaluated.trace],
    encoding: read.segments.encoding,
    parts: read.segments.parts,
    ...(price && { price: { ...price } }),
  };
};
