import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

type Item = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One action of a transaction, in the document client's own form. */
export type Write = Item;

/** A transaction takes one action an item: an action that two parts of a change share is written once. */
export const distinctWrites = (writes: readonly Write[]): Write[] => [
  ...new Map(writes.map((write) => [JSON.stringify(write), write])).values(),
];

/** Why one action of a transaction did not hold. */
export interface FailedWrite {
  /** Place of the action in `writes`; the outbox and idempotency rows come after them. */
  readonly index: number;
  /** Table and key of the item it is about. */
  readonly at: string;
  /** The item as stored, when the store returned it: distinguishes "missing" from "changed". */
  readonly item?: Record<string, unknown>;
}

/** A condition did not hold: somebody else was first. The use case re-reads and decides again. */
export class CommitConflict extends Error {
  readonly failed: readonly FailedWrite[];
  constructor(failed: readonly FailedWrite[]) {
    super(`a condition failed at ${failed.map((each) => each.index).join(', ')}`);
    this.name = 'CommitConflict';
    this.failed = failed;
  }
}
