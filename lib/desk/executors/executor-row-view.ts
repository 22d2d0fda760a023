import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { ORDERED_AT_MOST } from './executor-orders.ts';
import { executorView } from './presence-view.ts';

/** An executor as a row of the board: what is in their hand, and when their turn is. */
export const executorRowView = lazily(() =>
  executorView()
    .extend({
      unaccepted: z.int().min(0).meta({ description: 'Tickets in hand that they have not accepted yet.' }),
      lastAssignedAt: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'When they were last given a ticket, by the dispatcher or by a user.' }),
      reconnectUntil: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'Of a suspect: until then every ticket stays with them.' }),
      turn: z
        .int()
        .min(1)
        .nullable()
        .meta({
          description:
            'Their place in the rotation among all who are online, 1 is next; whoever has no room is passed. Null for ' +
            `whoever is not online, and behind the first ${ORDERED_AT_MOST}.`,
        }),
    })
    .meta({ id: 'ExecutorRow' }),
);
export type ExecutorRowView = z.infer<ReturnType<typeof executorRowView>>;
