import { epochSec, type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { withoutDue } from '../../platform/timers/due-item.ts';
import type { Change } from '../change.ts';
import {
  findItem,
  findItems,
  type Item,
  type Key,
  type Page,
  putNew,
  putVersion,
  queryPage,
  remove,
  smsTable,
} from '../repository/table.ts';
import { smsTimers } from '../timers.ts';
import type { Delivery, Webhook } from './model.ts';

export const webhookList = { name: 'webhooks', pk: 'WEBHOOKS' };
/** Each fact is offered to all of them in one commit. */
export const MAX_WEBHOOKS = 40;

const webhookKey = (webhookId: string): Key => ({ pk: webhookList.pk, sk: webhookId });
const deliveriesPk = (webhookId: string): string => `WEBHOOK#${webhookId}`;
const deliveryKey = (webhookId: string, deliveryId: string): Key => ({
  pk: deliveriesPk(webhookId),
  sk: deliveryId,
});
export const deliveryList = (webhookId: string) => ({
  name: `webhook-deliveries:${webhookId}`,
  pk: deliveriesPk(webhookId),
});

const webhookFromItem = (item: Item): Webhook => {
  const { pk, sk, ...webhook } = item;
  return webhook as unknown as Webhook;
};

const deliveryFromItem = (item: Item): Delivery => {
  const { pk, sk, expiresAtSec, ...delivery } = withoutDue(item);
  return delivery as unknown as Delivery;
};

export const listWebhooks = async (rt: Runtime): Promise<Webhook[]> =>
  (await queryPage(rt, { pk: webhookList.pk, limit: MAX_WEBHOOKS })).items.map(webhookFromItem);

export const findWebhook = async (rt: Runtime, webhookId: string): Promise<Webhook | undefined> => {
  const item = await findItem(rt, webhookKey(webhookId));
  return item && webhookFromItem(item);
};

export const webhookMissing = (): AppError =>
  new AppError('missing', 'webhook-not-found', 'There is no such webhook.');

export const webhookWrite = (rt: Runtime, webhook: Webhook): Write =>
  putNew(rt, { ...webhookKey(webhook.id), ...webhook });

export const webhookRemoval = (rt: Runtime, webhookId: string): Write => remove(rt, webhookKey(webhookId));

/** Shows on the webhook that a delivery was given up; a webhook removed meanwhile stays removed. */
export const givenUpWrite = (rt: Runtime, webhookId: string, at: Instant): Write => ({
  Update: {
    TableName: smsTable(rt),
    Key: { ...webhookKey(webhookId) },
    UpdateExpression: 'SET lastGivenUpAt = :at ADD givenUp :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': at, ':one': 1 },
  },
});

/** What was delivered or given up can be looked at for so long. */
const KEEP_SEC = 30 * 24 * 3600;

/** A delivery in its next version, and the message about its next try. */
export const deliveryChange = (rt: Runtime, before: Delivery | undefined, after: Delivery): Change => {
  const { webhookId, id: deliveryId, nextAt } = after;
  const next = nextAt ? smsTimers.set(rt, { kind: 'delivery', webhookId, deliveryId }, nextAt) : undefined;
  const expiresAtSec = epochSec(instant(rt.clock.nowMs())) + KEEP_SEC;
  const item: Item = { ...deliveryKey(webhookId, deliveryId), ...after, expiresAtSec, ...next?.due };
  return {
    writes: [before ? putVersion(rt, item, before.version) : putNew(rt, item)],
    events: next?.events ?? [],
  };
};

export const findDelivery = async (
  rt: Runtime,
  webhookId: string,
  deliveryId: string,
): Promise<Delivery | undefined> => {
  const item = await findItem(rt, deliveryKey(webhookId, deliveryId));
  return item && deliveryFromItem(item);
};

/** Which of these deliveries exist already. */
export const findDeliveries = async (
  rt: Runtime,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<string>> => {
  const items = await findItems(
    rt,
    deliveries.map(({ webhookId, id }) => deliveryKey(webhookId, id)),
  );
  return new Set(items.map((item) => String(item.webhookId)));
};

/** Newest first. */
export const listDeliveries = async (
  rt: Runtime,
  webhookId: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<Page<Delivery>> => {
  const pk = deliveriesPk(webhookId);
  const page = await queryPage(rt, { pk, limit, after, descending: true });
  return { ...page, items: page.items.map(deliveryFromItem) };
};
