import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { userIdSchema } from '../model.ts';
import { ticketViewSchema } from '../tickets/views.ts';

/** One thing that was found. */
export const foundView = lazily(() =>
  z
    .object({
      kind: z.enum(['ticket', 'client']),
      ticket: ticketViewSchema().optional(),
      client: z
        .object({ id: userIdSchema, name: z.string().optional(), phone: z.string() })
        .optional()
        .meta({ description: 'Managers only.' }),
    })
    .meta({ id: 'Found', description: '`ticket` or `client`, as `kind` says.' }),
);
export type FoundView = z.infer<ReturnType<typeof foundView>>;
