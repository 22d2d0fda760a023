import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Executor } from '../model.ts';
import { executorItems } from './executor-items.ts';
import { deskTable } from './table.ts';

/**
 * Holds a transaction to the executor being where they were read. Not to their version: that moves with every ticket
 * they are dealt, and a message left in their hands does not care. Without this check somebody going away at the same
 * moment would keep a ticket whose client has just written.
 */
export const executorStays = (rt: Runtime, executor: Executor): Write => ({
  ConditionCheck: {
    TableName: deskTable(rt),
    Key: { ...executorItems.key({ executorId: executor.id }) },
    ConditionExpression: 'presence = :presence AND epoch = :epoch',
    ExpressionAttributeValues: { ':presence': executor.presence, ':epoch': executor.epoch },
  },
});
