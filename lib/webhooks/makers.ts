import { findApiKey, isLive } from '../platform/auth/api-keys.ts';
import { idPattern } from '../platform/ids.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Webhook } from './model.ts';
import type { Reach } from './webhook-message.ts';

const KEY_ID = idPattern('key');

/**
 * What a webhook may receive by who made it; undefined once its key has been revoked or has ended. A user's webhooks are
 * removed when they are no admin any more (`end-webhooks.ts`).
 */
export const reachOf = async (
  rt: Runtime,
  { createdBy }: Pick<Webhook, 'createdBy'>,
): Promise<Reach | undefined> => {
  if (!KEY_ID.test(createdBy)) return { of: 'user' };
  const key = await findApiKey(rt, createdBy);
  if (!key || !isLive(key, rt.clock.nowMs()) || !key.scopes.includes('sms:webhooks')) return undefined;
  return { of: 'key', entityIds: key.entityIds };
};
