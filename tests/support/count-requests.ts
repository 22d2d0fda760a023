import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lib/platform/runtime.ts';
import type { Write } from '../../lib/platform/storage/write.ts';

export interface Requests {
  /** To the store, by the name of the command. */
  readonly calls: Readonly<Record<string, number>>;
  readonly total: number;
  /** As the store reports them. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

const isRead = (command: string): boolean => /^(Get|BatchGet|Query|TransactGet)/.test(command);

/** Counts what this runtime asks of the store; the function given says what was counted since it was last called. */
export const countRequests = ({ dynamo }: Pick<Runtime, 'dynamo'>): (() => Requests) => {
  let calls: Record<string, number> = {};
  let units = { read: 0, write: 0 };
  const stack = dynamo.middlewareStack;
  stack.add(
    (next, context) => async (args) => {
      const name = String(context.commandName);
      calls[name] = (calls[name] ?? 0) + 1;
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity: used = [] } = answer.output as {
        ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
      };
      units[isRead(name) ? 'read' : 'write'] += [used]
        .flat()
        .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      return answer;
    },
    { step: 'initialize', name: 'countRequests' },
  );
  return () => {
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    const counted = { calls, total, readUnits: units.read, writeUnits: units.write };
    calls = {};
    units = { read: 0, write: 0 };
    return counted;
  };
};

const BATCH = 25;

/** Puts the items of these writes past all conditions: a history of thousands in seconds. */
export const putItems = async (
  { dynamo }: Pick<Runtime, 'dynamo'>,
  writes: readonly Write[],
): Promise<void> => {
  for (let start = 0; start < writes.length; start += BATCH) {
    const some = writes.slice(start, start + BATCH).flatMap(({ Put }) => Put ?? []);
    const table = some[0]?.TableName ?? '';
    await dynamo.send(
      new BatchWriteCommand({
        RequestItems: { [table]: some.map(({ Item }) => ({ PutRequest: { Item } })) },
      }),
    );
  }
};
