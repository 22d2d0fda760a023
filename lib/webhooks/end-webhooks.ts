import { auditEvent, SYSTEM_ACTOR } from '../platform/audit.ts';
import type { Runtime } from '../platform/runtime.ts';
import { commit } from '../platform/storage/commit.ts';
import { findWebhooks, webhookRemoval } from './webhook-repository.ts';

/** A user who lost rights, with what is left of them. */
export interface Maker {
  readonly userId: string;
  readonly roles: readonly string[];
  readonly locked: boolean;
  /** When it was. */
  readonly at: string;
}

/**
 * Removes the webhooks of a user who is locked or no admin any more: whoever leaves the firm is sent nothing (R-AUTH-05).
 * Those made after the change are of somebody who became an admin again. Idempotent.
 */
export const endWebhooksOf = async (rt: Runtime, { userId, roles, locked, at }: Maker): Promise<void> => {
  if (roles.includes('admin') && !locked) return;
  const theirs = (await findWebhooks(rt)).filter(
    (webhook) => webhook.createdBy === userId && webhook.createdAt <= at,
  );
  for (const { id } of theirs) {
    const subject = `webhook/${id}`;
    const details = { reason: locked ? 'its maker is locked' : 'its maker is no admin any more', userId };
    const event = auditEvent(rt, { actor: SYSTEM_ACTOR, action: 'webhook.removed', subject, details });
    await commit(rt, { writes: [webhookRemoval(rt, id)], events: [event] });
  }
};
