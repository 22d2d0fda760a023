import * as z from 'zod';
import type { Caller } from '../../platform/caller.ts';
import type { ErrorKind } from '../../platform/errors.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { type Ticket, ticketIdSchema } from '../model.ts';
import { viewerOf } from './viewer.ts';
import { type TicketView, ticketView } from './views.ts';

type Problems = { readonly [code: string]: ErrorKind };

export const ticketParams = lazily(() => z.strictObject({ ticketId: ticketIdSchema }));

/** What can come of any action on a ticket. */
export const actionProblems = {
  'ticket-not-found': 'missing',
  'ticket-moved': 'conflict',
  'ticket-closed': 'conflict',
  'ticket-state': 'conflict',
  busy: 'unavailable',
} as const satisfies Problems;

/** The outcomes of giving it to an executor. */
export const handingProblems = {
  'executor-not-found': 'missing',
  'executor-not-online': 'conflict',
  'executor-full': 'conflict',
} as const satisfies Problems;

/** The ticket after an action, in the eyes of whoever acted. */
export const viewFor = (caller: Caller, ticket: Ticket): TicketView =>
  ticketView(ticket, viewerOf(caller, ticket) ?? 'client', caller.id);
