import * as z from 'zod';
import { editProfile } from '../../lib/identity/profile/profile.ts';
import {
  displayNameSchema,
  localeSchema,
  nameSchema,
  toUserView,
  userView,
} from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const patchProfileRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/me',
    summary: 'Update your name, display name or language',
    tag: 'profile',
    access: ROLES,
    body: () =>
      z.strictObject({
        name: nameSchema.optional(),
        displayName: displayNameSchema.nullable().optional().meta({
          description: 'What clients see when you answer them; null for your given name.',
        }),
        locale: localeSchema.optional(),
      }),
    answers: { 200: userView },
    problems: { 'user-not-found': 'missing', 'session-ended': 'unauthenticated' },
    example: { body: { name: 'Anna Orlova' } },
  },
  async ({ rt, caller, body }) => ({
    status: 200,
    body: toUserView(await editProfile(rt, { caller, change: body })),
  }),
);
