import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../platform/runtime.ts';
import { inLane } from '../../platform/storage/lanes.ts';
import { deskTable } from './table.ts';

/** One counter for every ticket would be one hot item: each process takes so many numbers at a time. */
const BLOCK = 100;
const KEY = { pk: 'TICKET-NUMBERS', sk: 'TICKET-NUMBERS' };

interface Block {
  next: number;
  readonly last: number;
}

/** What is left of the block of this process, by the store it came from. */
const blocks = new WeakMap<object, Block>();

const takeBlock = async (rt: Runtime): Promise<Block> => {
  const { Attributes } = await rt.dynamo.send(
    new UpdateCommand({
      TableName: deskTable(rt),
      Key: { ...KEY },
      UpdateExpression: 'ADD lastNumber :block',
      ExpressionAttributeValues: { ':block': BLOCK },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  const last = Number(Attributes?.lastNumber);
  return { next: last - BLOCK + 1, last };
};

/**
 * A ticket number that no other ticket of this installation has or will have. Numbers of one process rise; those of two
 * do not, and what a process had left when it ended is used by nobody.
 */
export const takeNumber = (rt: Runtime): Promise<number> =>
  inLane(rt.dynamo, 'ticket-numbers', async () => {
    const kept = blocks.get(rt.dynamo);
    const block = kept && kept.next <= kept.last ? kept : await takeBlock(rt);
    blocks.set(rt.dynamo, block);
    const number = block.next;
    block.next += 1;
    return number;
  });
