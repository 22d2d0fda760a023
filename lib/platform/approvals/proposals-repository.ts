import { epochSec } from '../clock.ts';
import type { PartitionList, startAfter } from '../http/stored-list.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from '../storage/entity.ts';
import { type ItemPage, itemsOf } from '../storage/items.ts';
import type { Write } from '../storage/write.ts';
import { type Proposal, proposalSchema } from './model.ts';

const ALL = 'PROPOSALS';
const OPEN = 'PROPOSALS#OPEN';
const ofProposer = (proposerId: string): string => `PROPOSALS#BY#${proposerId}`;
/** An id no proposal has: `next` of a list of names begins behind the last one given. */
const MAX_RECENT = 100;

/** The entity in a module's own table, so that a proposal and what it does are one transaction. */
export const proposalEntity = (table: string) => {
  const proposal = defineEntity({
    table,
    name: 'platform.proposal',
    key: ({ id }: Pick<Proposal, 'id'>) => ({ pk: ALL, sk: id }),
    schema: proposalSchema,
  });
  return proposal;
};

/** Where proposals of a module lie: all of them, and the names of those that are open and of each proposer's. */
export const proposalsIn = (table: string) => {
  const proposals = proposalEntity(table);
  const items = itemsOf(table);

  const named = async (
    rt: Runtime,
    { pk, ...query }: { pk: string; limit: number; from?: string; after?: PageStart },
  ): Promise<ItemPage<Proposal>> => {
    const page = await items.page(rt, { pk, ...query, descending: true });
    const { items: found, omitted } = await proposals.listByKeys(
      rt,
      page.items.map(({ sk }) => ({ id: sk })),
    );
    const newestFirst = found.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    return { items: newestFirst, ...(omitted && { omitted }), ...(page.next && { next: page.next }) };
  };

  return {
    find: (rt: Runtime, id: string): Promise<Proposal | undefined> => proposals.find(rt, { id }),

    newWrites: (rt: Runtime, proposal: Proposal): Write[] => [
      proposals.putNew(rt, proposal),
      // Nobody need take it off the list when its time is over: the store does, and readers do not wait for that.
      items.put(rt, { pk: OPEN, sk: proposal.id, expiresAtSec: epochSec(proposal.expiresAt) }),
      items.put(rt, { pk: ofProposer(proposal.proposerId), sk: proposal.id }),
    ],

    /** Over exactly the version that was read: of many decisions at once one is written. */
    decidedWrites: (rt: Runtime, before: Proposal, after: Proposal): Write[] => [
      proposals.next(rt, before, after),
      items.remove(rt, { pk: OPEN, sk: after.id }),
    ],

    /** All, or the open ones, the newest first. */
    list: (
      rt: Runtime,
      { onlyOpen, limit, after }: { onlyOpen: boolean; limit: number; after?: PageStart },
    ): Promise<ItemPage<Proposal>> =>
      onlyOpen
        ? named(rt, { pk: OPEN, limit, after })
        : proposals.page(rt, { pk: ALL, limit, after, descending: true }),

    /** A proposer's own from an id on, the newest first; a hundred at most. */
    recentOf: (
      rt: Runtime,
      { proposerId, fromId }: { proposerId: string; fromId: string },
    ): Promise<ItemPage<Proposal>> =>
      named(rt, { pk: ofProposer(proposerId), from: fromId, limit: MAX_RECENT }),
  };
};

type PageStart = ReturnType<typeof startAfter>;

/** A list as its cursor names it. */
export const proposalList = (area: string, onlyOpen: boolean): PartitionList => ({
  name: `proposals:${area}:${onlyOpen ? 'open' : 'all'}`,
  pk: onlyOpen ? OPEN : ALL,
});
