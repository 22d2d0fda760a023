import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lib/platform/runtime.ts';

/** The same runtime, which also keeps each transaction it sends. */
export const recording = (rt: Runtime) => {
  const sent: TransactWriteCommandInput[] = [];
  const dynamo = new Proxy(rt.dynamo, {
    get: (client, name) =>
      name === 'send'
        ? (command: Parameters<typeof client.send>[0]) => {
            if (command instanceof TransactWriteCommand) sent.push(command.input);
            return client.send(command);
          }
        : Reflect.get(client, name),
  });
  return { rt: { ...rt, dynamo }, sent };
};

/** So many at once, in order of starting; gives how long it took, ms. */
export const inParallel = async (
  parallel: number,
  all: readonly (() => Promise<unknown>)[],
): Promise<number> => {
  let next = 0;
  const work = async () => {
    while (next < all.length) {
      const one = all[next];
      next += 1;
      await one?.();
    }
  };
  const begunMs = performance.now();
  await Promise.all(Array.from({ length: parallel }, work));
  return performance.now() - begunMs;
};

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** A recorded transaction as another world's. */
export const movedTo = (
  there: Runtime,
  from: Runtime,
  { TransactItems = [] }: TransactWriteCommandInput,
): Items =>
  TransactItems.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([kind, action]) => {
        const table =
          action?.TableName === from.env.TABLE_SMS ? there.env.TABLE_SMS : there.env.TABLE_PLATFORM;
        return [kind, action && { ...action, TableName: table }];
      }),
    ),
  ) as unknown as Items;
