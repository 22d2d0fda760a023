import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';

export const countView = lazily(() =>
  z
    .object({
      count: z.int().min(0),
      more: z.boolean().meta({ description: 'At least so many.' }),
    })
    .meta({ id: 'Count' }),
);

/** Where a waiting ticket stands, and when its turn may come. */
export const waitView = lazily(() =>
  z.object({
    position: countView().meta({ description: '1 is next; exact up to 100.' }),
    estimate: z
      .object({ fromSec: z.int().min(0), toSec: z.int().min(0) })
      .nullable()
      .meta({
        description:
          'Where the wait from now on ends in about four of five cases, if the line goes on as it moved of late: later ' +
          'urgent tickets that overtake are in it, a change of who is there is not. Null while fewer intervals are known ' +
          'than the setting estimateMinIntervals asks for, and for a position beyond 100.',
      }),
  }),
);
export type WaitView = z.infer<ReturnType<typeof waitView>>;
