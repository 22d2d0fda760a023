import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '../../platform/caller.ts';
import { instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { ticketWrite } from '../core/connection-repository.ts';

/** A browser opens the connection at once. */
const LIFE_SEC = 30;
const TICKET_BYTES = 32;

export const hashOfTicket = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');

export const liveTicketView = lazily(() =>
  z
    .object({
      ticket: z.string().meta({ description: 'Opens one connection, once.' }),
      expiresAt: z.iso.datetime(),
    })
    .meta({ id: 'LiveTicket' }),
);

/** A ticket for one connection of this caller; its clear text is stored nowhere. */
export const issueTicket = async (
  rt: Runtime,
  { id: userId, roles, sessionId }: Caller,
): Promise<{ ticket: string; expiresAt: string }> => {
  const ticket = randomBytes(TICKET_BYTES).toString('base64url');
  const issuedAt = instant(rt.clock.nowMs());
  const expiresAt = plusSeconds(issuedAt, LIFE_SEC);
  const hash = hashOfTicket(ticket);
  const stored = { hash, userId, roles, ...(sessionId !== undefined && { sessionId }), issuedAt, expiresAt };
  await commit(rt, { writes: [ticketWrite(rt, stored)] });
  return { ticket, expiresAt };
};
