import * as z from 'zod';
import { instant } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { lazily } from '../storage/stored-schema.ts';
import { type Approvals, kindOf } from './define-approvals.ts';
import { PROPOSAL_STATES, type Proposal, proposalIdSchema } from './model.ts';
import { stateAt } from './proposal-states.ts';

const state = z.enum(PROPOSAL_STATES);

export const proposalView = lazily(() =>
  z
    .object({
      proposalId: proposalIdSchema,
      area: z.string(),
      kind: z.string().meta({ description: 'As the audit log will call it when it is done.' }),
      subject: z.string(),
      inputs: z.record(z.string(), z.unknown()).meta({
        description: 'Exactly what will be done; of secrets their names alone.',
      }),
      digest: z
        .string()
        .meta({ description: 'SHA-256 over kind, subject and inputs. Whoever approves gives it back.' }),
      reason: z.string().nullable(),
      proposerId: z.string(),
      proposedAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
      state,
      decidedBy: z.string().nullable(),
      decidedAt: z.iso.datetime().nullable(),
      decisionReason: z.string().nullable(),
      version: z.int(),
    })
    .meta({ id: 'Proposal', description: 'What another of the role must approve before it is done.' }),
);
export type ProposalView = z.infer<ReturnType<typeof proposalView>>;

const recentView = lazily(() =>
  z.object({
    proposalId: proposalIdSchema,
    kind: z.string(),
    subject: z.string(),
    proposedAt: z.iso.datetime(),
    state,
  }),
);

/** With what its proposer proposed in the last thirty days: an approver sees the habit, and not the one case alone. */
export const proposalWithRecentView = lazily(() =>
  proposalView()
    .extend({
      recent: z
        .array(recentView())
        .meta({ description: 'The proposer’s of the last 30 days, the newest first.' }),
      recentMore: z.boolean().meta({ description: 'There are more than the hundred shown.' }),
    })
    .meta({ id: 'ProposalWithRecent' }),
);

const shownInputs = (approvals: Approvals, { kind, inputs }: Proposal): Record<string, unknown> => {
  const parsed = JSON.parse(inputs) as object;
  return { ...kindOf(approvals, kind).shown(parsed) };
};

export const toProposalView = (rt: Runtime, approvals: Approvals, proposal: Proposal): ProposalView => ({
  proposalId: proposal.id,
  area: approvals.area,
  kind: proposal.kind,
  subject: proposal.subject,
  inputs: shownInputs(approvals, proposal),
  digest: proposal.digest,
  reason: proposal.reason ?? null,
  proposerId: proposal.proposerId,
  proposedAt: proposal.proposedAt,
  expiresAt: proposal.expiresAt,
  state: stateAt(proposal, instant(rt.clock.nowMs())),
  decidedBy: proposal.decidedBy ?? null,
  decidedAt: proposal.decidedAt ?? null,
  decisionReason: proposal.decisionReason ?? null,
  version: proposal.version,
});

export const toRecentView = (rt: Runtime, proposal: Proposal): z.infer<ReturnType<typeof recentView>> => ({
  proposalId: proposal.id,
  kind: proposal.kind,
  subject: proposal.subject,
  proposedAt: proposal.proposedAt,
  state: stateAt(proposal, instant(rt.clock.nowMs())),
});
