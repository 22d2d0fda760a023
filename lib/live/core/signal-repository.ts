import * as z from 'zod';
import { instant, plusSeconds } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { itemsOf } from '../../platform/storage/items.ts';
import { lazily, storedInstant } from '../../platform/storage/stored-schema.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { rubbishAtSec } from './connection-repository.ts';

const { table } = itemsOf('live');

const EVERY_SEC = 3;

/** When a user last said that they type or look at something; not what. */
export const signalClaims = defineEntity({
  table: 'live',
  name: 'live.signal-claim',
  key: ({ userId }: { userId: string }) => ({ pk: `SIGNAL#${userId}`, sk: 'CLAIM' }),
  schema: lazily(() => z.object({ userId: z.string(), next: storedInstant() })),
});

/** Whether a user may signal now; false for three seconds after the last time. */
export const claimSignal = (rt: Runtime, userId: string): Promise<boolean> => {
  const now = instant(rt.clock.nowMs());
  return updateIf(rt, {
    TableName: table(rt),
    Key: { ...signalClaims.key({ userId }) },
    UpdateExpression: 'SET userId = :user, #next = :next, expiresAtSec = :rubbish',
    ConditionExpression: 'attribute_not_exists(#next) OR #next <= :now',
    ExpressionAttributeNames: { '#next': 'next' },
    ExpressionAttributeValues: {
      ':user': userId,
      ':next': plusSeconds(now, EVERY_SEC),
      ':now': now,
      ':rubbish': rubbishAtSec(rt).expiresAtSec,
    },
  });
};
