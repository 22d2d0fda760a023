import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { lines } from '../model.ts';
import { countView } from '../waiting/wait-view.ts';
import { nothingReasons } from './next-reason.ts';

/** What an executor may expect next, without naming a ticket or anybody. */
export const nextView = lazily(() =>
  z
    .object({
      room: z.int().min(0).meta({ description: 'Tickets you could be given now; 0 unless you are online.' }),
      urgentRoom: z.int().min(0).meta({ description: 'Urgent ones among them.' }),
      turn: countView().nullable().meta({
        description:
          'Your place in the rotation among those online, exact up to 100: 1 is next. Null unless you are online.',
      }),
      waiting: z
        .object(Object.fromEntries(lines.map((line) => [line, countView()])))
        .meta({ description: 'What waits on your desk, line by line; exact up to 100.' }),
      reason: z
        .enum(nothingReasons)
        .nullable()
        .meta({
          description:
            'Why nothing comes to you, by the rules of assignment: draining, away, suspect (no heartbeat of late) or offline; ' +
            'full (no room for anything, or only for what does not wait); line-empty; passed-over (you declined or missed ' +
            'all you have room for). Null: the next one in your turn is yours.',
        }),
    })
    .meta({ id: 'Next' }),
);
export type NextView = z.infer<ReturnType<typeof nextView>>;
