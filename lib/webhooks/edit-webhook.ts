import { type Actor, audited } from '../platform/audit.ts';
import type { Caller } from '../platform/caller.ts';
import { instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { addressFault } from '../platform/outbound/address.ts';
import { outboundRules } from '../platform/outbound/config.ts';
import type { Runtime } from '../platform/runtime.ts';
import { deriveToken } from '../platform/secrets/index.ts';
import { commit } from '../platform/storage/commit.ts';
import { type Idempotency, keyReused } from '../platform/storage/idempotency.ts';
import { untilCommitted } from '../platform/storage/until-committed.ts';
import type { Webhook } from './model.ts';
import { readWebhook } from './read-webhooks.ts';
import { webhookIdOf } from './webhook-message.ts';
import {
  findWebhook,
  listWebhooks,
  MAX_WEBHOOKS,
  webhookRemoval,
  webhookWrite,
} from './webhook-repository.ts';
import type { WebhookDraft } from './webhook-view.ts';

/** Derived from the master secret and kept nowhere: it can be shown again to whoever may repeat the request. */
export const webhookSecret = async (rt: Runtime, webhookId: string): Promise<string> =>
  `whsec_${await deriveToken(rt, 'sms-webhook', webhookId)}`;

/** So that one key cannot use up the limit of all. */
const MAX_WEBHOOKS_OF_KEY = 10;

/** What a key is not bound to is not there for it (R-AUTH-05). */
const mustBeBound = ({ binding }: Caller, entityId: string): void => {
  if (binding === undefined || binding.entityIds.includes(entityId)) return;
  throw new AppError('missing', 'legal-entity-not-found', 'There is no such legal entity.');
};

const sameDraft = (webhook: Webhook, draft: WebhookDraft): boolean =>
  webhook.url === draft.url &&
  webhook.entityId === draft.entityId &&
  JSON.stringify(webhook.states) === JSON.stringify(draft.states);

const repeated = (earlier: Webhook, draft: WebhookDraft): Webhook => {
  if (sameDraft(earlier, draft)) return earlier;
  throw keyReused();
};

/**
 * Registers an address. Throws `legal-entity-not-found` (404) for one that the key is not bound to, `webhook-address` (422) for one that is not public, `too-many-webhooks` (409),
 * `idempotency-key-reused`.
 */
export const addWebhook = (
  rt: Runtime,
  input: Actor & { draft: WebhookDraft; idempotency: Idempotency },
): Promise<Webhook> =>
  untilCommitted(rt, async () => {
    const { draft, caller, idempotency } = input;
    if (draft.entityId !== undefined) mustBeBound(caller, draft.entityId);
    const id = webhookIdOf(idempotency.callerId, idempotency.key);
    const earlier = await findWebhook(rt, id);
    if (earlier) return repeated(earlier, draft);
    const fault = addressFault(draft.url, outboundRules(rt.env));
    if (fault) throw new AppError('unprocessable', 'webhook-address', `The address ${fault}.`);
    const { items: all, omitted = 0 } = await listWebhooks(rt);
    const theirs = all.filter(({ createdBy }) => createdBy === caller.id);
    if (all.length + omitted >= MAX_WEBHOOKS || (caller.binding && theirs.length >= MAX_WEBHOOKS_OF_KEY)) {
      const message = `There may be ${MAX_WEBHOOKS} webhooks, ${MAX_WEBHOOKS_OF_KEY} of one key.`;
      throw new AppError('conflict', 'too-many-webhooks', message);
    }
    const { url, entityId, states } = draft;
    const webhook: Webhook = {
      id,
      url,
      ...(entityId !== undefined && { entityId }),
      ...(states !== undefined && { states }),
      createdAt: instant(rt.clock.nowMs()),
      createdBy: caller.id,
      givenUp: 0,
    };
    const deed = { action: 'webhook.added', subject: `webhook/${id}` };
    const details = { host: new URL(url).host, entityId, states };
    await commit(rt, {
      writes: [webhookWrite(rt, webhook)],
      events: [audited(rt, input, { ...deed, details })],
    });
    return webhook;
  });

/** Removes an address; what is on its way to it is dropped. Throws `webhook-not-found`. */
export const removeWebhook = async (rt: Runtime, input: Actor & { webhookId: string }): Promise<void> => {
  const { webhookId, caller } = input;
  await readWebhook(rt, caller, webhookId);
  const deed = { action: 'webhook.removed', subject: `webhook/${webhookId}` };
  await commit(rt, { writes: [webhookRemoval(rt, webhookId)], events: [audited(rt, input, deed)] });
};
