import type { Role } from '../../platform/auth/caller.ts';

/** What identity told of a person, as the desk keeps it. */
export interface KnownPerson {
  readonly userId: string;
  /** E.164. */
  readonly phone: string;
  readonly name?: string | undefined;
  /** Chosen by the person, to be shown to clients. */
  readonly displayName?: string | undefined;
  readonly emailState: 'none' | 'unconfirmed' | 'confirmed';
  readonly locale: string;
  readonly roles: readonly Role[];
  readonly locked: boolean;
  /** Identity's: an older fact is of no use. */
  readonly version: number;
}

/** What clients see of somebody who answers them: the name that person chose, else the given name; never id or phone. */
export const displayNameOf = ({
  displayName,
  name,
}: Pick<KnownPerson, 'displayName' | 'name'>): string | undefined =>
  displayName ?? name?.trim().split(/\s+/)[0];

/** Whether somebody can be taken on at a desk. */
export const mayBeExecutor = ({ roles, locked }: Pick<KnownPerson, 'roles' | 'locked'>): boolean =>
  roles.includes('executor') && !locked;
