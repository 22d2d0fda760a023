// @pure

import type { EntityGroup, LegalEntity } from '../core/registry-model.ts';
import { dateOf, localDay } from './local-time.ts';
import type { Planned } from './quotas.ts';

/** What the group of a message's entity has counted for its recipient and category. */
export interface GroupCount extends EntityGroup {
  readonly planned: Planned;
}

const FIRST_CLOCK = 'Etc/GMT-14';
const LAST_CLOCK = 'Etc/GMT+12';

/** The first day that has begun by no clock yet: leaving a group gives nobody room today, wherever the recipient is. */
export const nextDayEverywhere = (nowMs: number): string => dateOf(localDay(FIRST_CLOCK, nowMs) + 1);

/** Whether an entity that leaves has left by every clock. */
export const hasLeft = ({ until }: EntityGroup, nowMs: number): boolean =>
  until !== undefined && until <= dateOf(localDay(LAST_CLOCK, nowMs));

/** Whether the group's caps bind on a recipient's day. */
export const bindsOn = ({ until }: EntityGroup, date: string): boolean => until === undefined || date < until;

/** Under what a group counts; no entity has such an id. */
export const ownerOfGroup = ({ groupId }: EntityGroup): string => `group:${groupId}`;

/**
 * Under what a message of an entity is counted on a recipient's day: always under the entity, and under its group besides. So
 * neither joining nor leaving forgets a message.
 */
export const ownersOn = (
  entityId: string,
  { group }: Pick<LegalEntity, 'group'>,
  date: string,
): readonly string[] => (group && bindsOn(group, date) ? [entityId, ownerOfGroup(group)] : [entityId]);
