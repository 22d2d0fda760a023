import * as z from 'zod';
import { ROLES } from '../caller.ts';
import { defineEvent } from '../events/define-event.ts';

/** A user lost a role or was locked: what other modules let them do ends. */
export const rightsLost = defineEvent('auth.rights-lost', () =>
  z.object({
    userId: z.string(),
    /** What they still have. */
    roles: z.array(z.enum(ROLES)),
    locked: z.boolean(),
  }),
);

/** A session ended: its user signed out, or somebody used an old refresh token. */
export const sessionEnded = defineEvent('auth.session-ended', () =>
  z.object({ sessionId: z.string(), userId: z.string() }),
);
