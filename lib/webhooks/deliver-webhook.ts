import { instant, plusSeconds } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import { commit } from '../platform/storage/commit.ts';
import { CommitConflict, type Write } from '../platform/storage/write.ts';
import { type CallOutcome, callWebhook } from './call-webhook.ts';
import { reachOf } from './makers.ts';
import type { Delivery, Webhook } from './model.ts';
import { retryAfterSec } from './webhook-message.ts';
import { deliveryChange, findDelivery, findWebhook, givenUpWrite } from './webhook-repository.ts';

const ended = (
  delivery: Delivery,
  state: 'delivered' | 'given-up',
  at: string,
  lastAnswer: string,
): Delivery => {
  const { nextAt, ...rest } = delivery;
  return {
    ...rest,
    state,
    endedAt: at,
    lastAnswer,
    tries: delivery.tries + 1,
    version: delivery.version + 1,
  };
};

interface Next {
  readonly after: Delivery;
  /** What else is noted of it. */
  readonly writes: readonly Write[];
}

const next = (rt: Runtime, delivery: Delivery, { kind, answer }: CallOutcome): Next => {
  const at = instant(rt.clock.nowMs());
  if (kind === 'taken') return { after: ended(delivery, 'delivered', at, answer), writes: [] };
  const tries = delivery.tries + 1;
  const pauseSec = retryAfterSec(tries);
  if (pauseSec === undefined) {
    rt.log.error('webhook given up', { webhookId: delivery.webhookId, eventId: delivery.eventId, answer });
    const writes = [givenUpWrite(rt, delivery.webhookId, at)];
    return { after: ended(delivery, 'given-up', at, answer), writes };
  }
  const nextAt = plusSeconds(at, pauseSec);
  const after = { ...delivery, tries, nextAt, lastAnswer: answer, version: delivery.version + 1 };
  return { after, writes: [] };
};

const dropped = (delivery: Delivery, at: string, why: string): Next => ({
  after: ended(delivery, 'given-up', at, why),
  writes: [],
});

const isDue = (delivery: Delivery | undefined, now: string): delivery is Delivery =>
  delivery?.state === 'waiting' && (delivery.nextAt ?? now) <= now;

/** A key may have ended between the fact and the call: then nothing more is sent. */
const tried = async (rt: Runtime, webhook: Webhook | undefined, delivery: Delivery): Promise<Next> => {
  const at = instant(rt.clock.nowMs());
  if (!webhook) return dropped(delivery, at, 'the webhook was removed');
  if (!(await reachOf(rt, webhook))) return dropped(delivery, at, 'its key has ended');
  return next(rt, delivery, await callWebhook(rt, webhook, delivery));
};

/**
 * Tries one delivery and notes what came of it: delivered, tried again later (ten times in 24 hours), or given up where
 * managers see it. At least once: a crash after the call calls again, under the same event id.
 */
export const deliverWebhook = async (
  rt: Runtime,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
): Promise<void> => {
  const [webhook, delivery] = await Promise.all([
    findWebhook(rt, webhookId),
    findDelivery(rt, webhookId, deliveryId),
  ]);
  if (!isDue(delivery, instant(rt.clock.nowMs()))) return;
  const { after, writes } = await tried(rt, webhook, delivery);
  const change = deliveryChange(rt, delivery, after);
  try {
    await commit(rt, { ...change, writes: [...change.writes, ...writes] });
  } catch (error) {
    // A doubled reminder noted its own try first: that one goes on.
    if (!(error instanceof CommitConflict)) throw error;
  }
};
