import { type Caller, hasRole } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { OWN_ENTITY } from '../model.ts';
import { DEMANDS } from '../rules/demands.ts';
import type { EntityChange } from '../rules/entity-change.ts';

const ofAdmins = (): AppError =>
  new AppError(
    'forbidden',
    'own-entity-of-admins',
    'The own entity sends sign-in codes: only admins change it.',
  );

const ofManagers = (): AppError =>
  new AppError('forbidden', 'entity-of-managers', 'Legal entities other than the own one are the managers’.');

/**
 * Whoever chooses where sign-in codes go could become anyone (R-AUTH-05): the own entity is the admins', every other one
 * the managers'. Throws `own-entity-of-admins`, `entity-of-managers` (403).
 */
export const mustEditEntity = (caller: Caller, entityId: string): void => {
  const own = entityId === OWN_ENTITY;
  if (hasRole(caller, own ? 'admin' : 'manager')) return;
  throw own ? ofAdmins() : ofManagers();
};

/** What an edit of an entity says. */
interface EntityEdit {
  readonly entityId: string;
  readonly change: EntityChange;
  /** In what of it the entity would be looser. */
  readonly looser: readonly string[];
}

/**
 * An admin edits what an entity demands of its messages, and nothing else of an entity that is not the own one; what is looser is an
 * admin's, who says why. Throws those of `mustEditEntity` and of `mustMayLoosen`.
 */
export const mustEditDemands = (
  by: { caller: Caller; reason?: string | undefined },
  { entityId, change, looser }: EntityEdit,
): void => {
  const said = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const onlyDemands = said.every((name) => DEMANDS.some((demand) => demand === name));
  if (!onlyDemands || !hasRole(by.caller, 'admin')) mustEditEntity(by.caller, entityId);
  mustMayLoosen(looser, by);
};

/** Entities of one creditor share the caps of the laws: which do is the admins' to say. Throws `groups-of-admins` (403). */
export const mustBeAdmin = (caller: Caller): void => {
  if (hasRole(caller, 'admin')) return;
  throw new AppError('forbidden', 'groups-of-admins', 'Groups of legal entities are the admins’.');
};

/** What is looser than what it follows is an admin's, who says why. Throws `looser-needs-admin` (403), `reason-required` (422). */
export const mustMayLoosen = (
  looser: readonly string[],
  { caller, reason }: { caller: Caller; reason?: string | undefined },
): void => {
  if (looser.length === 0) return;
  const found = `It is looser in ${looser.join(', ')}`;
  if (!hasRole(caller, 'admin')) {
    throw new AppError('forbidden', 'looser-needs-admin', `${found}: an admin may do so.`);
  }
  if (!reason) throw new AppError('unprocessable', 'reason-required', `${found}: say why.`);
};
