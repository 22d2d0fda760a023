import { type Actor, audited } from '../audit.ts';
import { instant } from '../clock.ts';
import { AppError, type ErrorKind } from '../errors.ts';
import type { EventDraft } from '../events/event.ts';
import type { Runtime } from '../runtime.ts';
import type { Change } from '../storage/change.ts';
import { commit } from '../storage/commit.ts';
import { untilCommitted } from '../storage/until-committed.ts';
import { adminsUnchanged, findAdmins } from './admins.ts';
import { type Approvals, kindOf, type Permit } from './define-approvals.ts';
import type { Holders, Proposal, ProposalState } from './model.ts';
import {
  type Decision,
  decided,
  digestOf,
  evaluateDecision,
  type RefusalCode,
  stillHeld,
} from './proposal-states.ts';

export interface DecisionInput extends Actor {
  readonly proposalId: string;
  readonly reason?: string | undefined;
}

const refusals: Readonly<Record<RefusalCode, readonly [ErrorKind, string]>> = {
  'own-case': ['forbidden', 'Another decides: not whoever proposed it, nor whom it is about.'],
  'not-the-proposer': ['forbidden', 'Only whoever proposed it takes it back; others reject it.'],
  'proposal-decided': ['conflict', 'It has been decided already.'],
  'proposal-expired': ['conflict', 'Nobody approved it in time: it is proposed anew.'],
  'digest-differs': ['conflict', 'The digest is not that of this proposal: look at its inputs again.'],
};

/** The same user decided so before. */
class DoneBefore extends Error {}

const getProposal = async (rt: Runtime, { proposals }: Approvals, id: string): Promise<Proposal> => {
  const found = await proposals.find(rt, id);
  if (!found) throw new AppError('missing', 'proposal-not-found', 'There is no such proposal.');
  return found;
};

const evaluated = (proposal: Proposal, decision: Decision): ProposalState => {
  const verdict = evaluateDecision(proposal, decision);
  if (verdict.kind === 'moves') return verdict.to;
  if (verdict.kind === 'done') throw new DoneBefore();
  const [kind, message] = refusals[verdict.code];
  throw new AppError(kind, verdict.code, message);
};

const auditedDecision = (rt: Runtime, actor: Actor, after: Proposal): EventDraft =>
  audited(rt, actor, {
    action: `proposal.${after.state}`,
    subject: `proposal/${after.id}`,
    details: {
      kind: after.kind,
      subject: after.subject,
      digest: after.digest,
      proposedBy: after.proposerId,
      reason: after.decisionReason,
    },
  });

type Act = Pick<Decision, 'act' | 'digest'>;

/** The decision as writes: of many at once, one transaction finds the proposal as it was read. */
const move = async (
  rt: Runtime,
  approvals: Approvals,
  { input, act }: { input: DecisionInput; act: Act },
): Promise<Change & { readonly before: Proposal }> => {
  const before = await getProposal(rt, approvals, input.proposalId);
  const now = instant(rt.clock.nowMs());
  const to = evaluated(before, { ...act, by: input.caller.id, now });
  const after = decided(before, { to, by: input.caller.id, now, reason: input.reason });
  return {
    before,
    writes: approvals.proposals.decidedWrites(rt, before, after),
    events: [auditedDecision(rt, input, after)],
  };
};

const onceDecided = async (
  rt: Runtime,
  approvals: Approvals,
  { proposalId, decide }: { proposalId: string; decide: () => Promise<unknown> },
): Promise<Proposal> => {
  try {
    await decide();
  } catch (error) {
    if (!(error instanceof DoneBefore)) throw error;
  }
  return getProposal(rt, approvals, proposalId);
};

const withoutDoing = (rt: Runtime, approvals: Approvals, input: DecisionInput, act: Act): Promise<Proposal> =>
  onceDecided(rt, approvals, {
    proposalId: input.proposalId,
    decide: () => untilCommitted(rt, async () => commit(rt, await move(rt, approvals, { input, act }))),
  });

/**
 * Turns a proposal down. Twice is once. Throws `proposal-not-found`, `own-case` (403), `proposal-decided`, `proposal-expired` (409).
 */
export const rejectProposal = (rt: Runtime, approvals: Approvals, input: DecisionInput): Promise<Proposal> =>
  withoutDoing(rt, approvals, input, { act: 'reject' });

/** Takes one's own proposal back. Twice is once. Throws as `rejectProposal`, `not-the-proposer` (403) in place of `own-case`. */
export const withdrawProposal = (
  rt: Runtime,
  approvals: Approvals,
  input: DecisionInput,
): Promise<Proposal> => withoutDoing(rt, approvals, input, { act: 'withdraw' });

/** Those of the role: the proposer is still among them, and the approver is not one who was locked or lost it meanwhile. */
const holdersOf = async (rt: Runtime, proposal: Proposal, { caller }: Actor): Promise<Holders> => {
  const holders = await findAdmins(rt);
  if (holders.former?.[caller.id] !== undefined && !holders.ids.includes(caller.id))
    throw new AppError('forbidden', 'forbidden', 'Your roles do not allow this.');
  if (stillHeld(proposal, holders)) return holders;
  throw new AppError(
    'conflict',
    'proposer-left',
    'Whoever proposed it is no longer of the role: propose it anew.',
  );
};

/** Whatever has changed since it was proposed is answered with one code; errors about the caller stay as they are. */
const outdated = (error: unknown): unknown =>
  error instanceof AppError && ['stale', 'missing', 'conflict', 'unprocessable'].includes(error.kind)
    ? new AppError('conflict', 'proposal-outdated', `It cannot be done any more: ${error.message}`, {
        cause: error,
      })
    : error;

/**
 * Approves a proposal and does it, in one transaction. Twice is once. Throws `proposal-not-found`; 403 `own-case`; 409
 * `proposal-decided`, `proposal-expired`, `digest-differs`, `proposer-left`, and `proposal-outdated` when it cannot be done as it
 * was proposed: then it stays open.
 */
export const approveProposal = (
  rt: Runtime,
  approvals: Approvals,
  input: DecisionInput & { readonly digest: string },
): Promise<Proposal> => {
  const act = { act: 'approve', digest: input.digest } as const;
  const permit = async (): Promise<Permit> => {
    const { before, writes, events } = await move(rt, approvals, { input, act });
    const holders = await holdersOf(rt, before, input);
    return { holders, holdersUnchanged: adminsUnchanged(rt, holders), writes, events };
  };
  const decide = async (): Promise<void> => {
    const { before } = await move(rt, approvals, { input, act });
    await holdersOf(rt, before, input);
    if (digestOf(before) !== before.digest)
      throw new Error(`the inputs of ${before.id} are not those that were proposed`);
    const how = { caller: input.caller, origin: input.origin, permit };
    try {
      await kindOf(approvals, before.kind).apply(rt, JSON.parse(before.inputs) as object, how);
    } catch (error) {
      if (isOwn(error)) throw error;
      // Others decided meanwhile, so the answer describes the decided proposal.
      await move(rt, approvals, { input, act });
      throw outdated(error);
    }
    await mustBeDecided(rt, approvals, input.proposalId);
  };
  return onceDecided(rt, approvals, { proposalId: input.proposalId, decide });
};

/** Of a decision itself, not of what it would do. */
const isOwn = (error: unknown): boolean =>
  error instanceof DoneBefore ||
  (error instanceof AppError && (error.code in refusals || error.code === 'proposer-left'));

/** A change that is already in force requests no permit; its proposal is decided all the same. */
const mustBeDecided = async (rt: Runtime, approvals: Approvals, proposalId: string): Promise<void> => {
  const { state } = await getProposal(rt, approvals, proposalId);
  if (state !== 'proposed') return;
  throw new AppError('conflict', 'proposal-outdated', 'There is nothing left to do: it is so already.');
};
