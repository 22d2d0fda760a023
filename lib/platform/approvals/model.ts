import * as z from 'zod';
import { ROLES } from '../caller.ts';
import { idPattern } from '../ids.ts';
import { lazily, type ReadBy, storedInstant } from '../storage/stored-schema.ts';

export const proposalIdSchema = z.string().regex(idPattern('prp')).meta({ id: 'ProposalId' });

export const PROPOSAL_STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'expired'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** What one of a role wants done and another of the role must approve (R-AUTH-08). */
export const proposalSchema = lazily(() =>
  z.object({
    id: z.string(),
    /** `sms-provider.edited`: as the audit log will call it. */
    kind: z.string(),
    /** `sms-provider/prv_…` */
    subject: z.string(),
    /** Whose it is to approve. */
    role: z.enum(ROLES),
    proposerId: z.string(),
    /** The proposer was one of the accounts of the role; else they are known to the deployment's own issuer alone. */
    proposerHeld: z.boolean(),
    /** Exactly what will be done: canonical JSON, secrets sealed. */
    inputs: z.string(),
    /** SHA-256 over kind, subject and inputs, base64url. */
    digest: z.string(),
    reason: z.string().optional(),
    /** Ids of those whom it is about: none of them decides on it. */
    parties: z.array(z.string()),
    proposedAt: storedInstant(),
    expiresAt: storedInstant(),
    state: z.enum(PROPOSAL_STATES),
    decidedBy: z.string().optional(),
    decidedAt: storedInstant().optional(),
    decisionReason: z.string().optional(),
    version: z.int(),
  }),
);
export type Proposal = ReadBy<typeof proposalSchema>;

/** Whoever may act in a role: unlocked accounts, and those who were until a while ago. */
export const holdersSchema = lazily(() =>
  z.object({
    ids: z.array(z.string()),
    /** Who was locked or lost the role, and when: whoever makes another leave is not alone by it at once. */
    former: z.record(z.string(), storedInstant()).optional(),
    version: z.int(),
  }),
);
export type Holders = ReadBy<typeof holdersSchema>;
