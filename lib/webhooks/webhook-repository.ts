import { epochSec, type Instant, instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Change } from '../platform/storage/change.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import { type Item, type ItemPage, itemsOf } from '../platform/storage/items.ts';
import type { Write } from '../platform/storage/write.ts';
import { type Delivery, deliverySchema, type Webhook, webhookSchema } from './model.ts';
import { webhookTimers } from './timers.ts';

const { table, page: queryPage, remove } = itemsOf('webhooks');

export const webhookList = { name: 'webhooks', pk: 'WEBHOOKS' };
/** Each fact is offered to all of them in one commit. */
export const MAX_WEBHOOKS = 40;

export const webhooks = defineEntity({
  table: 'webhooks',
  name: 'webhooks.webhook',
  key: ({ id }: Pick<Webhook, 'id'>) => ({ pk: webhookList.pk, sk: id }),
  schema: webhookSchema,
});

const deliveriesPk = (webhookId: string): string => `WEBHOOK#${webhookId}`;

export const deliveries = defineEntity({
  table: 'webhooks',
  name: 'webhooks.delivery',
  key: ({ webhookId, id }: Pick<Delivery, 'webhookId' | 'id'>) => ({ pk: deliveriesPk(webhookId), sk: id }),
  schema: deliverySchema,
});

export const deliveryList = (webhookId: string) => ({
  name: `webhook-deliveries:${webhookId}`,
  pk: deliveriesPk(webhookId),
});

const ALL = { pk: webhookList.pk, limit: MAX_WEBHOOKS };

export const listWebhooks = (rt: Runtime): Promise<ItemPage<Webhook>> => webhooks.page(rt, ALL);

/** All of them, or `stored-shape-unknown`. */
export const findWebhooks = async (rt: Runtime): Promise<Webhook[]> =>
  webhooks.parseAll(rt, (await queryPage(rt, ALL)).items);

export const findWebhook = (rt: Runtime, webhookId: string): Promise<Webhook | undefined> =>
  webhooks.find(rt, { id: webhookId });

export const webhookMissing = (): AppError =>
  new AppError('missing', 'webhook-not-found', 'There is no such webhook.');

export const webhookWrite = (rt: Runtime, webhook: Webhook): Write => webhooks.putNew(rt, webhook);

export const webhookRemoval = (rt: Runtime, webhookId: string): Write =>
  remove(rt, webhooks.key({ id: webhookId }));

/** Shows on the webhook that a delivery was given up; a webhook removed meanwhile stays removed. */
export const givenUpWrite = (rt: Runtime, webhookId: string, at: Instant): Write => ({
  Update: {
    TableName: table(rt),
    Key: { ...webhooks.key({ id: webhookId }) },
    UpdateExpression: 'SET lastGivenUpAt = :at ADD givenUp :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': at, ':one': 1 },
  },
});

/** What was delivered or given up can be read for so long. */
const KEEP_SEC = 30 * 24 * 3600;

/** A delivery in its next version, and the message about its next try. */
export const deliveryChange = (rt: Runtime, before: Delivery | undefined, after: Delivery): Change => {
  const { webhookId, id: deliveryId, nextAt } = after;
  const next = nextAt
    ? webhookTimers.set(rt, { kind: 'delivery', webhookId, deliveryId }, nextAt)
    : undefined;
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEEP_SEC;
  return {
    writes: [deliveries.next(rt, before, after, { expiresAtSec, ...next?.due })],
    events: next?.events ?? [],
  };
};

export const findDelivery = (
  rt: Runtime,
  webhookId: string,
  deliveryId: string,
): Promise<Delivery | undefined> => deliveries.find(rt, { webhookId, id: deliveryId });

/** Which of these deliveries exist already, by their webhooks. */
export const findDeliveries = async (rt: Runtime, all: readonly Delivery[]): Promise<ReadonlySet<string>> =>
  new Set((await deliveries.findAll(rt, all)).map(({ webhookId }) => webhookId));

/** Newest first. */
export const listDeliveries = (
  rt: Runtime,
  webhookId: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<ItemPage<Delivery>> =>
  deliveries.page(rt, { pk: deliveriesPk(webhookId), limit, after, descending: true });
