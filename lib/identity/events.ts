import * as z from 'zod';
import { ROLES } from '../platform/auth/caller.ts';
import { type EventDraft, eventOf } from '../platform/events/event.ts';
import { locales, type User } from './model.ts';

/** What others may know of a person. The aggregate's version orders it: an older one is of no use. */
export const userChanged = z.object({
  userId: z.string(),
  phone: z.string(),
  email: z.string().optional(),
  emailConfirmed: z.boolean(),
  name: z.string().optional(),
  locale: z.enum(locales),
  roles: z.array(z.enum(ROLES)),
  locked: z.boolean(),
});

export const USER_CHANGED = 'identity.user.changed';

export const userChangedEvent = eventOf(userChanged);

/** The account as it is from this version on. */
export const userFact = (user: User): EventDraft => {
  const { id, phone, email, name, locale, roles, locked, version } = user;
  const data: z.infer<typeof userChanged> = {
    userId: id,
    phone,
    ...(email && { email: email.address }),
    emailConfirmed: email?.confirmedAt !== undefined,
    ...(name !== undefined && { name }),
    locale,
    roles: [...roles],
    locked: locked !== undefined,
  };
  return { type: USER_CHANGED, aggregate: { id, version }, data };
};
