import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { webhookDueEvent } from '../events.ts';
import type { Delivery, Webhook } from './model.ts';
import { deliveryWrite, findDeliveries, listWebhooks } from './webhook-repository.ts';
import { bodyOf, eventIdOf, type Told, wants } from './webhook-rules.ts';

const deliveryOf = ({ id: webhookId }: Webhook, change: Told): Delivery => {
  const eventId = eventIdOf(change);
  return {
    id: `${change.at}#${eventId}`,
    webhookId,
    eventId,
    body: bodyOf(change),
    state: 'waiting',
    tries: 0,
    nextAt: change.at,
    version: 1,
  };
};

/** Puts a fact on its way to everybody who wants it. Told twice, it goes once. */
export const fanOut = (rt: Runtime, change: Told): Promise<void> =>
  untilCommitted(rt, async () => {
    const wanted = (await listWebhooks(rt)).filter((webhook) => wants(webhook, change));
    const all = wanted.map((webhook) => deliveryOf(webhook, change));
    if (all.length === 0) return;
    const there = await findDeliveries(rt, all);
    const fresh = all.filter(({ webhookId }) => !there.has(webhookId));
    if (fresh.length === 0) return;
    const at = instant(rt.clock.nowMs());
    await commit(rt, {
      writes: fresh.map((delivery) => deliveryWrite(rt, undefined, delivery, at)),
      events: fresh.map(({ webhookId, id }) => webhookDueEvent({ webhookId, deliveryId: id })),
    });
  });
