import * as z from 'zod';
import { getDesk } from '../../lib/desk/core/desk-repository.ts';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { deskView, toDeskView } from '../../lib/desk/settings/desk-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getDeskRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/desks/{deskId}',
    summary: 'Get a desk',
    tag: 'desks',
    access: ['manager', 'executor'],
    params: () => z.strictObject({ deskId: deskIdSchema }),
    answers: { 200: deskView },
    problems: { 'desk-not-found': 'missing' },
  },
  async ({ rt, params }) => {
    const desk = await getDesk(rt, params.deskId);
    return { status: 200, body: toDeskView(desk), etag: desk.version };
  },
);
