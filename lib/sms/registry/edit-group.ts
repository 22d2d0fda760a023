import type { RequestPermit } from '../../platform/approvals/define-approvals.ts';
import type { Actor } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { hasLeft, nextDayEverywhere } from '../rules/groups.ts';
import { changeEntity, deed } from './change-entity.ts';
import type { EntityView } from './registry-view.ts';
import { mustBeAdmin } from './who-edits.ts';

/**
 * Puts an entity into a group, at once; one that was about to leave it stays. What it has counted under itself goes on counting
 * for it. Throws `legal-entity-not-found`, `groups-of-admins` (403), `in-another-group` (409).
 */
export const joinGroup = (
  rt: Runtime,
  input: Actor & { entityId: string; groupId: string },
): Promise<EntityView> =>
  changeEntity(
    rt,
    input,
    async (before) => {
      const { group } = before;
      const { groupId } = input;
      const isOther = group !== undefined && group.groupId !== groupId;
      if (isOther && !hasLeft(group, rt.clock.nowMs())) {
        throw new AppError('conflict', 'in-another-group', 'It is in another group until it has left it.');
      }
      if (group && !isOther && group.until === undefined) return undefined;
      const to = { groupId };
      const after = { ...before, group: to };
      return { after, deed: deed(before.id, 'group-joined', { from: group ?? null, to }) };
    },
    mustBeAdmin,
  );

export interface GroupLeaving {
  readonly entityId: string;
  readonly reason: string;
}

/**
 * Takes an entity out of its group (two admins do), from the first day on that has begun nowhere yet: that is looser. Twice is once. Throws
 * `legal-entity-not-found`, `groups-of-admins` (403).
 */
export const leaveGroup = (
  rt: Runtime,
  input: Actor & GroupLeaving & { permit: RequestPermit },
): Promise<EntityView> =>
  changeEntity(
    rt,
    input,
    async (before) => {
      const { group } = before;
      if (!group || group.until !== undefined) return undefined;
      const to = { ...group, until: nextDayEverywhere(rt.clock.nowMs()) };
      const after = { ...before, group: to };
      const details = { from: group, to, reason: input.reason };
      return { after, deed: deed(before.id, 'group-left', details), permit: await input.permit() };
    },
    mustBeAdmin,
  );
