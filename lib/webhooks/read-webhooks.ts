import type { Caller } from '../platform/caller.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { ItemPage } from '../platform/storage/items.ts';
import type { Webhook } from './model.ts';
import { findWebhook, listWebhooks, webhookMissing } from './webhook-repository.ts';

/** An admin sees every webhook, a machine's key those it made. */
const sees = ({ id, binding }: Caller, { createdBy }: Webhook): boolean => !binding || createdBy === id;

/** Throws `webhook-not-found`, for one that is not there as for another's. */
export const readWebhook = async (rt: Runtime, caller: Caller, webhookId: string): Promise<Webhook> => {
  const webhook = await findWebhook(rt, webhookId);
  if (!webhook || !sees(caller, webhook)) throw webhookMissing();
  return webhook;
};

export const readWebhooks = async (rt: Runtime, caller: Caller): Promise<ItemPage<Webhook>> => {
  const page = await listWebhooks(rt);
  return { ...page, items: page.items.filter((webhook) => sees(caller, webhook)) };
};
