import * as z from 'zod';
import { deskNameSchema, deskView, timeZoneSchema } from '../../lib/desk/settings/desk-view.ts';
import { openDesk } from '../../lib/desk/settings/edit-desk.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postDeskRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/desks',
    summary: 'Create a desk',
    tag: 'desks',
    access: ['manager'],
    body: () => z.strictObject({ name: deskNameSchema, timeZone: timeZoneSchema }),
    idempotent: true,
    location: '/v1/desks/{deskId}',
    answers: { 201: deskView },
    example: { body: { name: 'Evening desk', timeZone: 'Europe/Berlin' } },
  },
  async ({ rt, caller, origin, body, idempotency }) => {
    const desk = await openDesk(rt, { ...body, caller, origin, idempotency });
    return { status: 201, body: desk, etag: desk.version };
  },
);
