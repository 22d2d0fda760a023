import * as z from 'zod';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { deskNameSchema, deskView, timeZoneSchema } from '../../lib/desk/settings/desk-view.ts';
import { editDesk } from '../../lib/desk/settings/edit-desk.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const patchDeskRoute = onHttp(
  {
    method: 'PATCH',
    path: '/v1/desks/{deskId}',
    summary: "Update a desk's name or time zone",
    tag: 'desks',
    access: ['manager'],
    params: () => z.strictObject({ deskId: deskIdSchema }),
    body: () => z.strictObject({ name: deskNameSchema.optional(), timeZone: timeZoneSchema.optional() }),
    ifMatch: 'required',
    answers: { 200: deskView },
    problems: { 'desk-not-found': 'missing', stale: 'stale' },
    example: { body: { name: 'Night desk' } },
  },
  async ({ rt, caller, origin, params, body, ifMatch }) => {
    const desk = await editDesk(rt, { ...params, change: body, ifMatch, caller, origin });
    return { status: 200, body: desk, etag: desk.version };
  },
);
