import * as z from 'zod';
import { ROLES } from '../platform/caller.ts';
import { defineEvent } from '../platform/events/define-event.ts';
import type { EventDraft } from '../platform/events/event.ts';
import { locales, type User } from './model.ts';

/** What other modules may know of a user. The aggregate's version orders it: an older one is of no use. */
export const userChanged = defineEvent('identity.user.changed', () =>
  z.object({
    userId: z.string(),
    phone: z.string(),
    email: z.string().optional(),
    emailConfirmed: z.boolean(),
    name: z.string().optional(),
    displayName: z.string().optional(),
    locale: z.enum(locales),
    roles: z.array(z.enum(ROLES)),
    locked: z.boolean(),
  }),
);

/** The user as they are from this version on. */
export const userFact = (user: User): EventDraft => {
  const { id, phone, email, name, displayName, locale, roles, locked, version } = user;
  return userChanged.draft(
    {
      userId: id,
      phone,
      ...(email && { email: email.address }),
      emailConfirmed: email?.confirmedAt !== undefined,
      ...(name !== undefined && { name }),
      ...(displayName !== undefined && { displayName }),
      locale,
      roles: [...roles],
      locked: locked !== undefined,
    },
    { aggregate: { id, version } },
  );
};

/** A user is to confirm an e-mail address, by a link in an e-mail to it. */
export const emailConfirmationRequested = defineEvent('identity.email.confirmation-requested', () =>
  z.object({
    userId: z.string(),
    email: z.string(),
    name: z.string().optional(),
    locale: z.enum(locales),
    /** The link's token is `deriveToken(rt, purpose, ref)`: derived when the e-mail is handed off, and stored nowhere. */
    tokenRef: z.object({ purpose: z.string(), ref: z.string() }),
  }),
);

/** An admin created a user with a role of staff. */
export const staffCreated = defineEvent('identity.staff.created', () =>
  z.object({
    userId: z.string(),
    phone: z.string(),
    name: z.string().optional(),
    locale: z.enum(locales),
  }),
);

/** An admin changed who may do what: a user of staff was created or given other roles, any user was locked or unlocked. */
export const userChangedByAdmin = defineEvent('identity.user.changed-by-admin', () =>
  z.object({
    userId: z.string(),
    version: z.number(),
    /** As in the audit log. */
    action: z.string(),
    byId: z.string(),
    /** Who was an admin until then, so that whoever loses the role learns of it. */
    adminIds: z.array(z.string()),
  }),
);
