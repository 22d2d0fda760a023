import { type Permit, permitted } from '../../platform/approvals/define-approvals.ts';
import { type Actor, audited, type Deed } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { LegalEntity } from '../core/registry-model.ts';
import { entityWrites, getEntity } from '../entity-repository.ts';
import { type EntityView, toEntityView } from './registry-view.ts';
import { mustEditEntity } from './who-edits.ts';

export const deed = (entityId: string, action: string, details: object = {}): Deed => ({
  action: `legal-entity.${action}`,
  subject: `legal-entity/${entityId}`,
  details: { ...details },
});

export interface Step {
  readonly after: LegalEntity;
  readonly deed: Deed;
  /** What else the commit must hold. */
  readonly writes?: readonly Write[];
  /** Of what two admins do. */
  readonly permit?: Permit | undefined;
}

/**
 * Reads, changes and writes an entity under its version; `undefined`: it is so already. Throws `own-entity-of-admins`,
 * `entity-of-managers` (403).
 */
export const changeEntity = (
  rt: Runtime,
  input: Actor & { entityId: string; ifMatch?: number | undefined },
  step: (before: LegalEntity) => Promise<Step | undefined>,
  mustMay = mustEditEntity,
): Promise<EntityView> =>
  untilCommitted(rt, async () => {
    mustMay(input.caller, input.entityId);
    const before = await getEntity(rt, input.entityId);
    if (input.ifMatch !== undefined && before.version !== input.ifMatch) {
      throw new AppError('stale', 'stale', 'The legal entity was changed meanwhile.');
    }
    const done = await step(before);
    if (!done) return toEntityView(before);
    const after = { ...done.after, version: before.version + 1 };
    const permit = permitted(done.permit);
    const writes = [...entityWrites(rt, before, after), ...(done.writes ?? []), ...permit.writes];
    await commit(rt, { writes, events: [audited(rt, input, done.deed), ...permit.events] });
    return toEntityView(after);
  });
