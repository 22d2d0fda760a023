import * as z from 'zod';
import { ROLES } from '../platform/caller.ts';
import { shownEmail } from '../platform/input/email-address.ts';
import { nameUpTo } from '../platform/input/name.ts';
import { lazily } from '../platform/storage/stored-schema.ts';
import { locales, type User, userIdSchema } from './model.ts';
import { DEVICE_TOKEN } from './sign-in/known-device.ts';

export const localeSchema = z.enum(locales).meta({ description: 'Language of notifications to this user.' });

export const nameSchema = nameUpTo(80);
export const displayNameSchema = nameUpTo(40);

export const rolesSchema = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, 'names a role twice')
  .meta({ uniqueItems: true });

/** An account as its owner sees it. */
export const userView = lazily(() =>
  z
    .object({
      userId: userIdSchema,
      phone: z.string(),
      name: z.string().nullable(),
      displayName: z
        .string()
        .nullable()
        .meta({ description: 'What clients see of who answers them; null: the given name.' }),
      email: z.string().nullable(),
      emailConfirmed: z.boolean(),
      locale: localeSchema,
      roles: z.array(z.enum(ROLES)),
    })
    .meta({ id: 'User' }),
);
export type UserView = z.infer<ReturnType<typeof userView>>;

export const toUserView = (user: User): UserView => ({
  userId: user.id,
  phone: user.phone,
  name: user.name ?? null,
  displayName: user.displayName ?? null,
  email: user.email ? shownEmail(user.email.address) : null,
  emailConfirmed: user.email?.confirmedAt !== undefined,
  locale: user.locale,
  roles: [...user.roles],
});

/** A user as managers see them: no roles, and nothing of locks. */
export const userForManagers = lazily(() => userView().omit({ roles: true }).meta({ id: 'UserForManagers' }));
export type UserForManagers = z.infer<ReturnType<typeof userForManagers>>;

export const toUserForManagers = (user: User): UserForManagers => {
  const { roles: _, ...shown } = toUserView(user);
  return shown;
};

/** An account as admins see it. */
export const userForAdmins = lazily(() =>
  userView()
    .extend({
      locked: z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string() }).nullable(),
      createdAt: z.iso.datetime(),
      version: z.int().min(1),
    })
    .meta({ id: 'UserForAdmins' }),
);
export type UserForAdmins = z.infer<ReturnType<typeof userForAdmins>>;

export const toUserForAdmins = (user: User): UserForAdmins => ({
  ...toUserView(user),
  locked: user.locked ? { ...user.locked } : null,
  createdAt: user.createdAt,
  version: user.version,
});

export const tokensView = lazily(() =>
  z
    .object({
      accessToken: z.string().meta({ description: 'JWT for the Authorization header: Bearer.' }),
      expiresAt: z.iso.datetime().meta({ description: 'Of the access token.' }),
      refreshToken: z
        .string()
        .optional()
        .meta({ description: 'Good for one refresh. Absent with `X-Session: cookie`: the cookie holds it.' }),
    })
    .meta({ id: 'Tokens' }),
);

/** Of refreshing and signing out. */
export const refreshBody = lazily(() =>
  z.strictObject({
    refreshToken: z.string().min(1).max(200).optional().meta({
      description: 'Required without `X-Session: cookie`, refused with it.',
    }),
  }),
);

export const deviceTokenSchema = z.string().regex(DEVICE_TOKEN).meta({
  description:
    'Store it on the device and send it when requesting a code: this device then gets codes of its own. It grants no access.',
});
