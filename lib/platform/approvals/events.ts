import * as z from 'zod';
import { ROLES } from '../caller.ts';
import { defineEvent } from '../events/define-event.ts';

const fact = () =>
  z.object({
    /** As the audit log calls it. */
    kind: z.string(),
    subject: z.string(),
    byId: z.string(),
    role: z.enum(ROLES),
  });

/** Somebody of the role must approve. */
export const proposed = defineEvent('approvals.proposed', () =>
  fact().extend({ proposalId: z.string(), expiresAt: z.string() }),
);

/** Somebody did alone what two persons do, because there was nobody else of the role. */
export const actedAlone = defineEvent('approvals.acted-alone', fact);
