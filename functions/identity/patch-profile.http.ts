import * as z from 'zod';
import { editProfile } from '../../lib/identity/profile/profile.ts';
import { localeSchema, nameSchema, toUserView, userView } from '../../lib/identity/views.ts';
import { ROLES } from '../../lib/platform/caller.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const patchProfileRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/me',
    summary: 'Update your name or language',
    tag: 'profile',
    access: ROLES,
    body: () => z.strictObject({ name: nameSchema.optional(), locale: localeSchema.optional() }),
    answers: { 200: userView },
    problems: { 'user-not-found': 'missing', 'session-ended': 'unauthenticated' },
    example: { body: { name: 'Anna Orlova' } },
  },
  async ({ rt, caller, body }) => ({
    status: 200,
    body: toUserView(await editProfile(rt, { caller, change: body })),
  }),
);
