import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { InboundSms, Wish } from '../core/inbound-model.ts';
import { EVERYBODY } from '../core/recipient-repository.ts';
import { stoppedBy, wishOf } from '../core/stop-words.ts';
import { inboundReceivedEvent, smsRequested } from '../events.ts';
import { OWN_ENTITY } from '../model.ts';
import type { Inbound } from '../providers/port.ts';
import { answerText, localeOf } from './answer.ts';
import {
  answeredWrite,
  findAnswered,
  findInbound,
  inboundIdOf,
  inboundWrites,
  mayAnswer,
} from './inbound-repository.ts';
import { type RepliedTo, repliedTo } from './replied-to.ts';
import { suppressWrites, unstopWrites } from './suppress.ts';

const E164 = /^\+\d{7,15}$/;
const MAX_TEXT_CHARS = 2000;
const MAX_PARTY_CHARS = 40;
/** An answer later than this would not be understood any more. */
const ANSWER_VALID_SEC = 3600;

interface Received {
  readonly inbound: Inbound;
  readonly message: InboundSms;
  readonly to: RepliedTo;
  readonly at: Instant;
}

/** A start counts only where the provider proves that it is from the phone: anybody could undo a stop otherwise. */
const wishIn = (inbound: Inbound, { entities }: RepliedTo): Wish => {
  if (inbound.optOut === 'stop') return 'stop';
  const wish = wishOf(
    inbound.text,
    entities.flatMap(({ stopWords = [] }) => stopWords),
  );
  const start = inbound.optOut === 'start' || wish === 'start';
  return start ? (inbound.signed ? 'start' : 'none') : wish;
};

/** Marketing of everybody, and debt texts of those whose law says so. */
export const stopWrites = async (
  rt: Runtime,
  { phone, by, endsDebtOf }: { phone: string; by: string; endsDebtOf: readonly string[] },
): Promise<Write[]> => {
  const stop = { phone, by, source: 'stop', reason: 'asked by SMS' } as const;
  const all = await Promise.all([
    suppressWrites(rt, { ...stop, entityId: EVERYBODY, categories: stoppedBy() }),
    ...endsDebtOf.map((entityId) => suppressWrites(rt, { ...stop, entityId, categories: ['debt'] })),
  ]);
  return all.flat();
};

const changesBy = (rt: Runtime, { inbound, message, to }: Received): Promise<Write[]> => {
  const phone = inbound.from;
  if (message.wish === 'start') return unstopWrites(rt, phone);
  if (message.wish !== 'stop') return Promise.resolve([]);
  return stopWrites(rt, { phone, by: message.providerId, endsDebtOf: to.endsDebtOf });
};

interface Answer {
  readonly writes: readonly Write[];
  readonly events: readonly EventDraft[];
}

/** Answered once, when it changed something, and not where the provider has answered already. */
const answerTo = async (rt: Runtime, { inbound, message, to, at }: Received): Promise<Answer> => {
  const { wish } = message;
  const none: Answer = { writes: [], events: [] };
  if ((wish !== 'stop' && wish !== 'start') || inbound.optOut !== undefined) return none;
  const answered = await findAnswered(rt, inbound.from);
  if (!mayAnswer(answered, wish, at)) return none;
  const request = smsRequested.draft({
    key: message.id,
    requestedBy: 'sms-inbound',
    entityId: message.entityId ?? OWN_ENTITY,
    category: 'transactional',
    phone: inbound.from,
    text: answerText(wish, localeOf(inbound.text, to.last?.locale)),
    validUntil: plusSeconds(at, ANSWER_VALID_SEC),
  });
  return { writes: [answeredWrite(rt, answered, { kind: wish, at })], events: [request] };
};

/**
 * Keeps a message from a phone and does what it requests: a stop ends marketing for every entity, and debt texts where the
 * law says so; a start undoes what stops have ended (R-SMS-10). The provider's repeat of it changes nothing.
 */
export const takeInboundMessage = (rt: Runtime, providerId: string, inbound: Inbound): Promise<void> =>
  untilCommitted(rt, async () => {
    const id = inboundIdOf(providerId, inbound.ref);
    if (await findInbound(rt, id)) return;
    const isPhone = E164.test(inbound.from);
    const to: RepliedTo = isPhone
      ? await repliedTo(rt, providerId, inbound.from)
      : { entities: [], endsDebtOf: [] };
    const at = instant(rt.clock.nowMs());
    const message: InboundSms = {
      id,
      providerId,
      ref: inbound.ref,
      from: inbound.from.slice(0, MAX_PARTY_CHARS),
      to: inbound.to.slice(0, MAX_PARTY_CHARS),
      text: inbound.text.slice(0, MAX_TEXT_CHARS),
      receivedAt: at,
      ...(to.last && { entityId: to.last.entityId, smsId: to.last.id }),
      wish: isPhone ? wishIn(inbound, to) : 'none',
      version: 1,
    };
    const received = { inbound, message, to, at };
    const changes = await changesBy(rt, received);
    const answer = changes.length > 0 ? await answerTo(rt, received) : { writes: [], events: [] };
    await commit(rt, {
      writes: [...inboundWrites(rt, undefined, message), ...changes, ...answer.writes],
      events: [inboundReceivedEvent(message), ...answer.events],
    });
  });
