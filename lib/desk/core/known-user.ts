// @pure

import * as z from 'zod';
import { ROLES } from '../../platform/caller.ts';
import { lazily, type ReadBy } from '../../platform/storage/stored-schema.ts';

/** What identity told of a person, as the desk keeps it. */
export const knownPersonSchema = lazily(() =>
  z.object({
    userId: z.string(),
    /** E.164. */
    phone: z.string(),
    name: z.string().optional(),
    /** Chosen by the person, to be shown to clients. */
    displayName: z.string().optional(),
    emailState: z.enum(['none', 'unconfirmed', 'confirmed']),
    locale: z.string(),
    roles: z.array(z.enum(ROLES)),
    locked: z.boolean(),
    /** Identity's: an older fact is of no use. */
    version: z.int(),
  }),
);
export type KnownPerson = ReadBy<typeof knownPersonSchema>;

/** What clients see of somebody who answers them: the name that person chose, else the given name; never id or phone. */
export const displayNameOf = ({
  displayName,
  name,
}: Pick<KnownPerson, 'displayName' | 'name'>): string | undefined =>
  displayName ?? name?.trim().split(/\s+/)[0];

/** Whether somebody can be taken on at a desk. */
export const mayBeExecutor = ({ roles, locked }: Pick<KnownPerson, 'roles' | 'locked'>): boolean =>
  roles.includes('executor') && !locked;
