import * as z from 'zod';
import { acceptMessage } from '../../lib/desk/intake/accept-message.ts';
import { attachmentsSchema } from '../../lib/desk/intake/attachments.ts';
import { textSchema } from '../../lib/desk/intake/message.ts';
import { messageIdSchema } from '../../lib/desk/model.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postMessageRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/messages',
    summary: 'Send a message to the desk',
    description: 'Accepted durably, then placed on a ticket: GET /v1/messages/{messageId} says on which.',
    tag: 'messages',
    access: ['client'],
    body: () =>
      z.strictObject({
        text: textSchema,
        ticketId: z.unknown().optional().meta({
          description:
            'A ticket of yours to continue. An unknown, malformed or foreign id opens a new ticket.',
        }),
        urgent: z.boolean().optional().meta({ description: 'Three a day are granted; GET says whether.' }),
        attachments: attachmentsSchema.optional(),
      }),
    idempotent: 'own',
    location: '/v1/messages/{messageId}',
    answers: {
      202: () =>
        z.object({
          messageId: messageIdSchema,
          state: z.literal('accepted'),
          acceptedAt: z.iso.datetime(),
        }),
    },
    problems: { 'attachment-invalid': 'unprocessable', busy: 'unavailable' },
    example: { body: { text: 'The washing machine leaks.', urgent: true } },
  },
  async ({ rt, caller, idempotency, body }) => ({
    status: 202,
    body: await acceptMessage(rt, { ...body, clientId: caller.id, idempotency }),
  }),
);
