import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { SHOWN_CANDIDATES } from '../dispatch/plan-assignments.ts';
import { lines, presences, ticketIdSchema, ticketStates } from '../model.ts';
import { countView } from '../waiting/wait-view.ts';

const reasons = [
  ...presences.filter((presence) => presence !== 'online'),
  'cap',
  'urgentCap',
  'declined',
  'dealt',
];

const candidateView = lazily(() =>
  z.object({
    executorId: z.string(),
    rank: z
      .int()
      .meta({ description: 'Number of their last assignment; the smallest was assigned longest ago.' }),
    open: z.int(),
    openUrgent: z.int(),
    excluded: z.enum(reasons).nullable().meta({ description: 'Null: was eligible.' }),
  }),
);

export const whyView = lazily(() =>
  z.object({
    ticketId: ticketIdSchema,
    state: z.enum(ticketStates),
    rule: z
      .enum([
        'assigned-longest-ago',
        'manual',
        'transfer',
        'reassign',
        'nobody-has-room',
        'all-passed-over',
        'nobody-there',
        'others-first',
        'being-assigned',
        'no-decision',
      ])
      .meta({
        description:
          'What decided. Planner: assigned-longest-ago. A user: manual, transfer, reassign. Still waiting: nobody-there ' +
          '(nobody is online; whoever drains takes no more), nobody-has-room (of those online), all-passed-over (each of ' +
          'those online declined or missed it of late), others-first (those before it take the room), being-assigned (the dispatcher is at it). ' +
          'no-decision: it was closed before anybody had it.',
      }),
    line: z.enum(lines).nullable().meta({ description: 'The line it stood (or stands) in.' }),
    executorId: z.string().nullable(),
    number: z.int().nullable().meta({ description: "Place in the desk's sequence of decisions." }),
    at: z.iso.datetime().nullable().meta({ description: 'When it was decided; now, for a waiting ticket.' }),
    limitsVersion: z.int().nullable(),
    actorId: z.string().nullable().meta({ description: 'Who decided, if a user did.' }),
    overCap: z.boolean().nullable().meta({ description: 'Assigned above a cap by a user, on purpose.' }),
    position: countView().nullable().meta({ description: 'Of a waiting ticket; exact up to 100.' }),
    excluded: z
      .partialRecord(z.enum(reasons), countView())
      .meta({ description: 'Executors who could not have it, by reason.' }),
    candidates: z
      .array(candidateView())
      .max(SHOWN_CANDIDATES)
      .meta({
        description:
          'As its turn came: those who could have it, in turn; then those dealt their share, at a cap, passed over, and last ' +
          'those who were not there. As many are examined as the tickets need, the first in turn.',
      }),
    behind: countView().nullable().meta({
      description:
        'Executors who may have room and were not examined, since they stand behind the candidates in turn.',
    }),
  }),
);
export type WhyView = z.infer<ReturnType<typeof whyView>>;
