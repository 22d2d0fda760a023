// @pure

import * as z from 'zod';
import { ROLES } from '../../platform/caller.ts';
import { lazily, type ReadBy } from '../../platform/storage/stored-schema.ts';

/** The desk's copy of a user, from identity's events. */
export const knownUserSchema = lazily(() =>
  z.object({
    userId: z.string(),
    /** E.164. */
    phone: z.string(),
    name: z.string().optional(),
    /** Chosen by the user, to be shown to clients. */
    displayName: z.string().optional(),
    /** What the user is found by that has this address; the address itself is not kept. */
    emailKey: z.string().optional(),
    /** The entries that the user is found by are written. */
    found: z.literal(1).optional(),
    emailState: z.enum(['none', 'unconfirmed', 'confirmed']),
    locale: z.string(),
    roles: z.array(z.enum(ROLES)),
    locked: z.boolean(),
    /** Identity's: an older fact is of no use. */
    version: z.int(),
  }),
);
export type KnownUser = ReadBy<typeof knownUserSchema>;

/** What clients see of somebody who answers them: the name that user chose, else the given name; never id or phone. */
export const displayNameOf = ({
  displayName,
  name,
}: Pick<KnownUser, 'displayName' | 'name'>): string | undefined =>
  displayName ?? name?.trim().split(/\s+/)[0];

/** Whether somebody can be taken on at a desk. */
export const mayBeExecutor = ({ roles, locked }: Pick<KnownUser, 'roles' | 'locked'>): boolean =>
  roles.includes('executor') && !locked;
