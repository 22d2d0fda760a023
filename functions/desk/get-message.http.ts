import * as z from 'zod';
import { messageIdSchema } from '../../lib/desk/model.ts';
import { readMessage } from '../../lib/desk/tickets/read-message.ts';
import { messageView } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getMessageRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/messages/{messageId}',
    summary: 'Get your message and its ticket',
    tag: 'messages',
    access: ['client'],
    params: () => z.strictObject({ messageId: messageIdSchema }),
    answers: { 200: messageView },
    problems: { 'message-not-found': 'missing' },
  },
  async ({ rt, caller, params }) => ({
    status: 200,
    body: await readMessage(rt, { messageId: params.messageId, clientId: caller.id }),
  }),
);
