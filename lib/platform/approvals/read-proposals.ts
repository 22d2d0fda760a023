import { instant } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Page } from '../http/pagination.ts';
import { pageAnswer, startAfter } from '../http/stored-list.ts';
import type { Runtime } from '../runtime.ts';
import type { Approvals } from './define-approvals.ts';
import type { Proposal } from './model.ts';
import { stateAt } from './proposal-states.ts';
import { type ProposalView, toProposalView, toRecentView } from './proposal-view.ts';
import { proposalList } from './proposals-repository.ts';
import { recentProposals } from './recent-proposals.ts';

export interface Find {
  readonly onlyOpen: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Proposals of an area, the newest first. Throws `invalid-cursor`. */
export const findProposals = async (
  rt: Runtime,
  approvals: Approvals,
  { onlyOpen, limit, cursor }: Find,
): Promise<Page<ProposalView>> => {
  const list = proposalList(approvals.area, onlyOpen);
  const after = startAfter(list, cursor);
  const page = await approvals.proposals.list(rt, { onlyOpen, limit, after });
  const now = instant(rt.clock.nowMs());
  const shown = page.items.filter((each) => !onlyOpen || stateAt(each, now) === 'proposed');
  return pageAnswer(list, { ...page, items: shown }, (each) => toProposalView(rt, approvals, each));
};

/** A proposal with what its proposer proposed in the thirty days before now. Throws `proposal-not-found`. */
export const readProposal = async (rt: Runtime, approvals: Approvals, id: string) => {
  const proposal = await approvals.proposals.find(rt, id);
  if (!proposal) throw new AppError('missing', 'proposal-not-found', 'There is no such proposal.');
  return withRecent(rt, approvals, proposal);
};

const withRecent = async (rt: Runtime, approvals: Approvals, proposal: Proposal) => {
  const page = await recentProposals(rt, approvals, proposal.proposerId);
  return {
    ...toProposalView(rt, approvals, proposal),
    recent: page.items.filter(({ id }) => id !== proposal.id).map((each) => toRecentView(rt, each)),
    recentMore: page.next !== undefined,
  };
};
