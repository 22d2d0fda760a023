import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { itemsOf } from '../../platform/storage/items.ts';
import { lazily, storedInstant } from '../../platform/storage/stored-schema.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { rubbishAtSec } from './connection-repository.ts';

const { table } = itemsOf('live');

/** That a desk's board is on its way. */
export const boardClaims = defineEntity({
  table: 'live',
  name: 'live.board-claim',
  key: ({ deskId }: { deskId: string }) => ({ pk: `BOARD#${deskId}`, sk: 'CLAIM' }),
  schema: lazily(() => z.object({ deskId: z.string(), until: storedInstant().optional() })),
});

/** Whether it is the caller's to send the board; false while somebody else is about to. */
export const claimBoard = (
  rt: Runtime,
  deskId: string,
  { now, until }: { now: Instant; until: Instant },
): Promise<boolean> =>
  updateIf(rt, {
    TableName: table(rt),
    Key: { ...boardClaims.key({ deskId }) },
    UpdateExpression: 'SET deskId = :desk, #until = :until, expiresAtSec = :rubbish',
    ConditionExpression: 'attribute_not_exists(#until) OR #until < :now',
    ExpressionAttributeNames: { '#until': 'until' },
    ExpressionAttributeValues: {
      ':desk': deskId,
      ':until': until,
      ':now': now,
      ':rubbish': rubbishAtSec(rt).expiresAtSec,
    },
  });

export const releaseBoard = async (rt: Runtime, deskId: string): Promise<void> => {
  await rt.dynamo.send(
    new UpdateCommand({
      TableName: table(rt),
      Key: { ...boardClaims.key({ deskId }) },
      UpdateExpression: 'SET deskId = :desk, expiresAtSec = :rubbish REMOVE #until',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':desk': deskId, ':rubbish': rubbishAtSec(rt).expiresAtSec },
    }),
  );
};
