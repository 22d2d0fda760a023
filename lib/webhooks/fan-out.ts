import type { Runtime } from '../platform/runtime.ts';
import { joined } from '../platform/storage/change.ts';
import { commit } from '../platform/storage/commit.ts';
import { untilCommitted } from '../platform/storage/until-committed.ts';
import { reachOf } from './makers.ts';
import type { Delivery, Webhook } from './model.ts';
import { bodyOf, eventIdOf, type Fact, mayReceive, wants } from './webhook-message.ts';
import { deliveryChange, findDeliveries, listWebhooks } from './webhook-repository.ts';

const deliveryOf = (webhook: Webhook, type: string, change: Fact): Delivery => {
  const { id: webhookId } = webhook;
  const eventId = eventIdOf(change);
  return {
    id: `${change.at}#${eventId}`,
    webhookId,
    eventId,
    body: bodyOf(webhook, type, change),
    state: 'waiting',
    tries: 0,
    nextAt: change.at,
    version: 1,
  };
};

/** Those whose maker may receive it, by the maker's present rights. */
const receiversOf = async (rt: Runtime, webhooks: readonly Webhook[], change: Fact): Promise<Webhook[]> => {
  const reaches = await Promise.all(webhooks.map((webhook) => reachOf(rt, webhook)));
  return webhooks.filter((_, index) => {
    const reach = reaches[index];
    return reach !== undefined && mayReceive(reach, change);
  });
};

/** Queues an event for every webhook that subscribed to it. Idempotent. */
export const fanOut = (
  rt: Runtime,
  { type, data: change }: { readonly type: string; readonly data: Fact },
): Promise<void> =>
  untilCommitted(rt, async () => {
    const wanted = await receiversOf(
      rt,
      (await listWebhooks(rt)).items.filter((webhook) => wants(webhook, change)),
      change,
    );
    const all = wanted.map((webhook) => deliveryOf(webhook, type, change));
    if (all.length === 0) return;
    const there = await findDeliveries(rt, all);
    const fresh = all.filter(({ webhookId }) => !there.has(webhookId));
    if (fresh.length === 0) return;
    const changes = fresh.map((delivery) => deliveryChange(rt, undefined, delivery));
    await commit(rt, joined(...changes));
  });
