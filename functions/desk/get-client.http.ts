import * as z from 'zod';
import { userIdSchema } from '../../lib/desk/model.ts';
import { clientCardView, readClientCard } from '../../lib/desk/users/client-card.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getClientRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/clients/{clientId}',
    summary: 'Get a client',
    description:
      'For managers, and for an executor while they hold a ticket of this client. Changes of the user reach the desk within seconds; until then the fields are null.',
    tag: 'tickets',
    access: ['executor', 'manager'],
    params: () => z.strictObject({ clientId: userIdSchema }),
    answers: { 200: clientCardView },
    problems: { 'client-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => ({
    status: 200,
    body: await readClientCard(rt, { caller, clientId: params.clientId }),
  }),
);
