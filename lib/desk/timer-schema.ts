import * as z from 'zod';

/** Everything that happens because time passed. Each names what it saw, so that a late or doubled one changes nothing. */
export const timerSchema = () =>
  z.discriminatedUnion('kind', [
    /** The wait of a ticket at 80 % (`warn`) and at its end (`limit`), as long as it is still that wait. */
    z.strictObject({
      kind: z.literal('wait'),
      ticketId: z.string(),
      waitingSince: z.string(),
      stage: z.enum(['warn', 'limit']),
    }),
    /** Assigned tickets of one decision that must be accepted by now. */
    z.strictObject({
      kind: z.literal('accept'),
      deskId: z.string(),
      decision: z.string(),
      executorId: z.string(),
      ticketIds: z.array(z.string()),
    }),
    z.strictObject({ kind: z.literal('parked'), ticketId: z.string(), since: z.string() }),
    /** Checks whether heartbeats still come; `watch` names the one chain of checks that counts. */
    z.strictObject({ kind: z.literal('presence'), executorId: z.string(), watch: z.string() }),
    /** The end of a suspect's reconnect wait. */
    z.strictObject({ kind: z.literal('reconnect'), executorId: z.string(), since: z.string() }),
    /** A decline or miss has been forgotten: somebody may have room now. A message alone: the tick wakes every line. */
    z.strictObject({ kind: z.literal('wake'), deskId: z.string() }),
  ]);
