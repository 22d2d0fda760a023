import type { Runtime } from '../runtime.ts';
import type { ItemPage } from '../storage/items.ts';
import type { Approvals } from './define-approvals.ts';
import type { Proposal } from './model.ts';
import { RECENT_SEC } from './proposal-states.ts';

/** The least id of a moment: ids begin with the time they were made (UUIDv7). */
const firstIdAt = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `prp_${hex.slice(0, 8)}-${hex.slice(8)}`;
};

/** What somebody proposed in the thirty days before now, the newest first; a hundred at most, and `next` when there are more. */
export const recentProposals = (
  rt: Runtime,
  { proposals }: Approvals,
  proposerId: string,
): Promise<ItemPage<Proposal>> =>
  proposals.recentOf(rt, { proposerId, fromId: firstIdAt(rt.clock.nowMs() - RECENT_SEC * 1000) });
