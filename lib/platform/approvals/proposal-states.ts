// @pure
import { createHash } from 'node:crypto';
import { type Instant, plusSeconds } from '../clock.ts';
import type { Holders, Proposal, ProposalState } from './model.ts';

const DAY_SEC = 24 * 3600;
/** How long another may approve (R-AUTH-08). */
export const OPEN_SEC = 7 * DAY_SEC;
/** How long whoever was locked or lost the role still counts as one of it. */
export const FORMER_SEC = 7 * DAY_SEC;
/** How far back an approver sees what else the proposer proposed. */
export const RECENT_SEC = 30 * DAY_SEC;

export type Act = 'approve' | 'reject' | 'withdraw';

/** All there is: whatever is decided stays so. */
export const moves: Readonly<Record<ProposalState, Readonly<Partial<Record<Act, ProposalState>>>>> = {
  proposed: { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' },
  approved: {},
  rejected: {},
  withdrawn: {},
  expired: {},
};

const outcomes: Readonly<Record<Act, ProposalState>> = {
  approve: 'approved',
  reject: 'rejected',
  withdraw: 'withdrawn',
};

/** Open proposals are over at their end, whether or not anybody has written it down yet. */
export const stateAt = ({ state, expiresAt }: Proposal, now: Instant): ProposalState =>
  state === 'proposed' && now >= expiresAt ? 'expired' : state;

export interface Decision {
  readonly act: Act;
  readonly by: string;
  readonly now: Instant;
  /** What the approver saw. */
  readonly digest?: string;
}

export type Verdict =
  | { readonly kind: 'moves'; readonly to: ProposalState }
  /** By the same user before: a repeat. */
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

export type RefusalCode =
  | 'own-case'
  | 'not-the-proposer'
  | 'proposal-decided'
  | 'proposal-expired'
  | 'digest-differs';

const refused = (code: RefusalCode): Verdict => ({ kind: 'refused', code });

/** Whoever made it or is a party to it decides nothing; only whoever made it takes it back. */
const mayAct = ({ proposerId, parties }: Proposal, { act, by }: Decision): RefusalCode | undefined => {
  if (act === 'withdraw') return by === proposerId ? undefined : 'not-the-proposer';
  return by === proposerId || parties.includes(by) ? 'own-case' : undefined;
};

/** What becomes of a proposal by what somebody does. Pure; exactly one decision of many at once finds it open. */
export const evaluateDecision = (proposal: Proposal, decision: Decision): Verdict => {
  const { act, by, now, digest } = decision;
  const forbidden = mayAct(proposal, decision);
  if (forbidden) return refused(forbidden);
  const state = stateAt(proposal, now);
  const to = moves[state][act];
  if (to)
    return act === 'approve' && digest !== proposal.digest
      ? refused('digest-differs')
      : { kind: 'moves', to };
  if (state === outcomes[act] && proposal.decidedBy === by) return { kind: 'done' };
  return refused(state === 'expired' ? 'proposal-expired' : 'proposal-decided');
};

export const decided = (
  proposal: Proposal,
  { to, by, now, reason }: { to: ProposalState; by: string; now: Instant; reason?: string | undefined },
): Proposal => ({
  ...proposal,
  state: to,
  decidedBy: by,
  decidedAt: now,
  ...(reason !== undefined && { decisionReason: reason }),
  version: proposal.version + 1,
});

/** Others who are of the role, or were until a while ago. */
const othersOf = ({ ids, former = {} }: Holders, id: string, now: Instant): readonly string[] => [
  ...ids.filter((each) => each !== id),
  ...Object.entries(former).flatMap(([each, at]) =>
    each !== id && !ids.includes(each) && plusSeconds(at, FORMER_SEC) > now ? [each] : [],
  ),
];

/** Whether there is nobody who could approve what this user does: then they act alone, and all managers are notified. */
export const isAlone = (holders: Holders, id: string, now: Instant): boolean =>
  othersOf(holders, id, now).length === 0;

/** A proposal of somebody who has lost the role meanwhile is no longer one of the role's. */
export const stillHeld = ({ proposerHeld, proposerId }: Proposal, { ids }: Pick<Holders, 'ids'>): boolean =>
  !proposerHeld || ids.includes(proposerId);

/** The holders after one more or fewer; whoever leaves is remembered for a while. */
export const holdersWith = (before: Holders, ids: readonly string[], now: Instant): Holders => {
  const left = before.ids.filter((id) => !ids.includes(id)).map((id) => [id, now] as const);
  const former = [...Object.entries(before.former ?? {}), ...left].filter(
    ([id, at]) => !ids.includes(id) && plusSeconds(at, FORMER_SEC) > now,
  );
  return {
    ids: [...ids],
    ...(former.length > 0 && { former: Object.fromEntries(former) }),
    version: before.version + 1,
  };
};

const inOrder = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The same inputs give the same text, in whatever order their names came; what is `undefined` is not there. */
export const canonical = (inputs: object): string => JSON.stringify(inputs, inOrder);

export const digestOf = ({ kind, subject, inputs }: Pick<Proposal, 'kind' | 'subject' | 'inputs'>): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, subject, inputs]))
    .digest('base64url');
