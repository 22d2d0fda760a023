import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';

export interface Tally {
  /** Calls by the name of the command. */
  readonly calls: Readonly<Record<string, number>>;
  readonly dynamo: number;
  readonly sqs: number;
  /** As the store reports them, indexes included; a transaction counts double. */
  readonly writeUnits: number;
  readonly readUnits: number;
}

export const nothingCounted: Tally = { calls: {}, dynamo: 0, sqs: 0, writeUnits: 0, readUnits: 0 };

/** Two tallies as one. */
export const added = (a: Tally, b: Tally): Tally => ({
  calls: Object.fromEntries(
    [...new Set([...Object.keys(a.calls), ...Object.keys(b.calls)])].map((name) => [
      name,
      (a.calls[name] ?? 0) + (b.calls[name] ?? 0),
    ]),
  ),
  dynamo: a.dynamo + b.dynamo,
  sqs: a.sqs + b.sqs,
  writeUnits: a.writeUnits + b.writeUnits,
  readUnits: a.readUnits + b.readUnits,
});

export interface Counter {
  /** What was counted since the last time this was asked. */
  take(): Tally;
  /** Calls `then` once, when so many transactions have been counted from now on. */
  after(transactions: number, then: () => void): void;
}

const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand']);

interface Capacity {
  readonly CapacityUnits?: number;
}

const unitsOf = (consumed: Capacity | readonly Capacity[] | undefined): number =>
  [consumed ?? []].flat().reduce((sum, each) => sum + ((each as Capacity).CapacityUnits ?? 0), 0);

/** Counts each call where it leaves the client, and asks the store what it took. */
export const countCalls = ({ dynamo, sqs }: { dynamo: DynamoDBClient; sqs: SQSClient }): Counter => {
  let calls: Record<string, number> = {};
  let units = { write: 0, read: 0 };
  let wanted: { left: number; then: () => void } | undefined;
  const called = (name: string) => {
    calls[name] = (calls[name] ?? 0) + 1;
    if (!wanted || name !== 'TransactWriteItemsCommand') return;
    wanted.left -= 1;
    if (wanted.left > 0) return;
    wanted.then();
    wanted = undefined;
  };
  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName ?? '';
      called(name);
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
      units[READS.has(name) ? 'read' : 'write'] += unitsOf(ConsumedCapacity);
      return answer;
    },
    { step: 'initialize', name: 'countCalls' },
  );
  sqs.middlewareStack.add(
    (next, context) => (args) => {
      called(context.commandName ?? '');
      return next(args);
    },
    { step: 'initialize', name: 'countCalls' },
  );
  return {
    after(transactions, then) {
      wanted = { left: transactions, then };
    },
    take() {
      const sqsNames = Object.keys(calls).filter((name) => name.includes('Message'));
      const sqsCalls = sqsNames.reduce((sum, name) => sum + (calls[name] ?? 0), 0);
      const all = Object.values(calls).reduce((sum, each) => sum + each, 0);
      const tally = {
        calls,
        dynamo: all - sqsCalls,
        sqs: sqsCalls,
        writeUnits: units.write,
        readUnits: units.read,
      };
      calls = {};
      units = { write: 0, read: 0 };
      return tally;
    },
  };
};
