import type { KeyBinding } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { keyReused } from '../../platform/storage/idempotency.ts';
import { inLane } from '../../platform/storage/lanes.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { statusChangedEvent } from '../events.ts';
import { handOffEvent } from '../internal-events.ts';
import { type Judged, judgedFields, judgeSms, recountWrites, STATES_BY_VERDICT } from '../judge-sms.ts';
import { countLostCode } from '../lost-codes.ts';
import type { Sms } from '../model.ts';
import { smsWrite } from '../repository/messages.ts';
import { priceOf } from '../rules/price.ts';
import { smsIdOf } from './draft.ts';
import { type ReadDraft, readDraft, type SmsDraft } from './draft-sms.ts';
import { mustMayReach } from './may-ask.ts';
import type { CheckView } from './sms-view.ts';
import { costFor, spendBudget } from './spend-budget.ts';

/** Who asks, under which key, and what exactly: the same three never make a second message. */
export interface RequestedBy {
  readonly requestedBy: string;
  readonly key: string;
  readonly requestHash: string;
  /** What the machine's key that asks is bound to. */
  readonly binding?: KeyBinding | undefined;
}

/** The same for the first request and every repeat. */
const repeated = (earlier: Sms, requestHash: string): Sms => {
  if (earlier.requestHash === requestHash) return earlier;
  throw keyReused();
};

const refuseUnknown = ({ facts }: Judged): void => {
  if (facts.entity) return;
  throw new AppError('unprocessable', 'legal-entity-unknown', 'There is no such legal entity.');
};

/** By the list of the provider that would be tried first. */
const priceBy = ({ asked, segments }: ReadDraft, { facts }: Judged) => {
  const usable = facts.providers.filter(({ disabledAt }) => disabledAt === undefined);
  const first = usable.find(({ id }) => id === asked.providerId) ?? usable[0];
  return first && priceOf(first.prices, { phone: asked.phone, parts: segments.parts });
};

/** Throws `country-not-allowed` (403). */
const refuseFarAway = ({ asked }: ReadDraft, { facts }: Judged, binding: KeyBinding | undefined): void => {
  if (binding) mustMayReach(binding, { country: asked.country, home: facts.entity?.country });
};

/** A message that loses a race is judged again, and has paid; a denied one costs nothing. */
const payOnce = (rt: Runtime, read: ReadDraft, request: RequestedBy): ((judged: Judged) => Promise<void>) => {
  const { requestedBy: keyId, binding } = request;
  let isPaid = false;
  return async (judged) => {
    if (isPaid || judged.verdict === 'deny') return;
    await spendBudget(rt, { keyId, binding, at: judged.at, price: priceBy(read, judged) });
    isPaid = true;
  };
};

const newSms = (
  read: ReadDraft,
  judged: Judged,
  request: RequestedBy & Pick<SmsDraft, 'text' | 'challengeId' | 'locale'>,
): Sms => {
  const { requestedBy, key, requestHash, text, challengeId, locale } = request;
  const state = STATES_BY_VERDICT[judged.verdict];
  const price = priceBy(read, judged);
  return {
    ...read.asked,
    requestedBy,
    key,
    requestHash,
    text,
    ...(challengeId !== undefined && { challengeId }),
    ...(locale !== undefined && { locale }),
    state,
    createdAt: judged.at,
    stateAt: judged.at,
    encoding: read.segments.encoding,
    parts: read.segments.parts,
    ...(price && { price }),
    ...judgedFields(judged),
    attempts: [],
    accepted: { state, ...(judged.nextAllowedAt && { nextAllowedAt: judged.nextAllowedAt }) },
    version: 1,
  };
};

/** Whether the message takes a place in the caps: only such requests are in each other's way. */
const takesPlace = ({ verdict, plannedOn }: Judged): boolean => verdict !== 'deny' && plannedOn !== undefined;

interface Registering {
  readonly read: ReadDraft;
  readonly request: RequestedBy & SmsDraft;
  /** Takes its part of the key's budget, the first time. */
  readonly pay: (judged: Judged) => Promise<void>;
}

const register = async (rt: Runtime, { read, request, pay }: Registering, judged: Judged): Promise<Sms> => {
  if (judged.stored) return repeated(judged.stored, request.requestHash);
  refuseUnknown(judged);
  refuseFarAway(read, judged, request.binding);
  await pay(judged);
  const sms = newSms(read, judged, request);
  await commit(rt, {
    writes: [smsWrite(rt, undefined, sms), ...recountWrites(rt, sms, judged)],
    events: [sms.state === 'queued' ? handOffEvent(sms) : statusChangedEvent(sms)],
  });
  if (sms.state === 'denied') countLostCode(rt, sms, 'denied');
  else count(rt, 'SmsAccepted');
  return sms;
};

/**
 * Requests of one process for the same recipient take their places one after the other, each judged by what those before it
 * left: of a thousand at once no transaction is tried in vain. Who gets no place any more leaves the line at once.
 */
const registerInTurn = async (rt: Runtime, registering: Registering, first: Judged): Promise<Sms> => {
  const { entityId, phone, category } = registering.read.asked;
  const lane = `sms ${first.countedIn.at(-1) ?? entityId} ${phone} ${category}`;
  const turn = await inLane(rt.dynamo, lane, async (waited) => {
    const judged = waited ? await judgeSms(rt, registering.read.asked, rt.clock.nowMs()) : first;
    return { judged, sms: takesPlace(judged) ? await register(rt, registering, judged) : undefined };
  });
  return turn.sms ?? register(rt, registering, turn.judged);
};

/**
 * Registers a message (R-SMS-01): judged by every rule and counted in the transaction that makes it, so that parallel
 * requests never pass a cap (R-SMS-07). Four requests to AWS: read, transaction, event, its row's removal; a number in
 * national notation and a registry of providers older than five seconds cost one more.
 * One that a machine's key asks for costs one request more, for its budget; one of an entity in a group another, for its count.
 * Throws AppError: those of `readDraft`, `legal-entity-unknown`, `idempotency-key-reused`, `country-not-allowed`, those of
 * `spendBudget`, `busy`.
 */
export const acceptSms = async (rt: Runtime, draft: SmsDraft, request: RequestedBy): Promise<Sms> => {
  const id = smsIdOf(request.requestedBy, request.key);
  const read = await readDraft(rt, draft, { id, nowMs: rt.clock.nowMs() });
  const registering = { read, request: { ...request, ...draft }, pay: payOnce(rt, read, request) };
  return untilCommitted(rt, async () => {
    const judged = await judgeSms(rt, read.asked, rt.clock.nowMs());
    return takesPlace(judged) && !judged.stored
      ? registerInTurn(rt, registering, judged)
      : register(rt, registering, judged);
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
  const judged = await judgeSms(rt, read.asked, nowMs);
  refuseUnknown(judged);
  refuseFarAway(read, judged, binding);
  const price = priceBy(read, judged);
  if (judged.verdict !== 'deny') costFor(binding, price);
  return {
    verdict: judged.verdict,
    ...(judged.verdict !== 'allow' && judged.reason && { reason: judged.reason }),
    ...(judged.nextAllowedAt && { nextAllowedAt: judged.nextAllowedAt }),
    trace: [...judged.trace],
    encoding: read.segments.encoding,
    parts: read.segments.parts,
    ...(price && { price: { ...price } }),
  };
};
