import type { Actor } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import type { Change } from '../storage/change.ts';
import type { Write } from '../storage/write.ts';
import type { Holders } from './model.ts';
import { proposalsIn } from './proposals-repository.ts';
import type { Sum, SumLimits } from './sum-limits.ts';

/** What lets a change that two persons make happen; all of it belongs into the change's own commit. */
export interface Permit extends Change {
  /** Those of the role as it was decided on them. */
  readonly holders: Holders;
  /** Holds the transaction to them. Left out by a change that itself writes them, over exactly these. */
  readonly holdersUnchanged: Write;
}

/** All of a permit's writes and events, for a change that does not itself write those of the role. */
export const permitted = (permit: Permit | undefined): Change =>
  permit
    ? { writes: [...permit.writes, permit.holdersUnchanged], events: permit.events }
    : { writes: [], events: [] };

/**
 * Called inside the change's `untilCommitted`, as soon as it turns out to be one for two persons: what the permit is based on
 * is read anew each time, and checked in the change's transaction.
 */
export type RequestPermit = () => Promise<Permit>;

/** Who approved, and the permit, which the change requests as it does when it is made at once. */
export interface Approved extends Actor {
  readonly permit: RequestPermit;
}

interface KindDeclaration<Inputs extends object> {
  /** Does it. */
  readonly apply: (rt: Runtime, inputs: Inputs, how: Approved) => Promise<unknown>;
  /** What an approver sees of the inputs, where not all of it may be shown. */
  readonly shown?: (inputs: Inputs) => object;
  /** For what gives money: up to these sums one user is enough. */
  readonly sums?: {
    readonly of: (inputs: Inputs) => Sum;
    readonly limits: (rt: Runtime) => Promise<SumLimits>;
  };
}

/** A kind of change that two persons make, with its inputs forgotten: they are what its own proposals hold. */
export interface ApprovalKind {
  readonly apply: (rt: Runtime, inputs: object, how: Approved) => Promise<unknown>;
  readonly shown: (inputs: object) => object;
  readonly sums?: {
    readonly of: (inputs: object) => Sum;
    readonly limits: (rt: Runtime) => Promise<SumLimits>;
  };
}

export const approvalKind = <Inputs extends object>({
  apply,
  shown,
  sums,
}: KindDeclaration<Inputs>): ApprovalKind => ({
  apply: (rt, inputs, how) => apply(rt, inputs as Inputs, how),
  shown: (inputs) => shown?.(inputs as Inputs) ?? inputs,
  ...(sums && { sums: { of: (inputs) => sums.of(inputs as Inputs), limits: sums.limits } }),
});

export interface ApprovalsDeclaration {
  /** The table of the module: a proposal and what it does are one transaction. */
  readonly table: string;
  /** `/v1/proposals/<area>` */
  readonly area: string;
  /** By the name of their audit entry. */
  readonly kinds: Readonly<Record<string, ApprovalKind>>;
}

export interface Approvals extends ApprovalsDeclaration {
  readonly proposals: ReturnType<typeof proposalsIn>;
}

export const defineApprovals = (declaration: ApprovalsDeclaration): Approvals => ({
  ...declaration,
  proposals: proposalsIn(declaration.table),
});

export const kindOf = ({ kinds, area }: Approvals, name: string): ApprovalKind => {
  const found = kinds[name];
  if (!found) throw new Error(`${area} declares no change ${name}`);
  return found;
};
