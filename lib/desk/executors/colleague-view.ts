import * as z from 'zod';
import type { Instant } from '../../platform/clock.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { isAvailable } from '../core/executor.ts';
import type { PresentExecutor } from '../core/executor-repository.ts';
import type { Limits } from '../model.ts';
import { presences, userIdSchema } from '../model.ts';
import { isActive } from '../tickets/receiver.ts';

/** How people of one desk see each other. */
export const colleagueView = lazily(() =>
  z
    .object({
      executorId: userIdSchema,
      name: z.string(),
      presence: z.enum(presences),
      room: z
        .int()
        .min(0)
        .meta({ description: 'Tickets they could be given now; 0 unless they are online.' }),
      urgentRoom: z.int().min(0).meta({ description: 'Urgent ones among them.' }),
    })
    .meta({ id: 'Colleague' }),
);
export type ColleagueView = z.infer<ReturnType<typeof colleagueView>>;

/** A silent heartbeat counts before its timer fires, as it does when a ticket is handed to them. */
export const toColleagueView = (
  { executor, beat }: PresentExecutor,
  { limits, at }: { limits: Limits; at: Instant },
): ColleagueView => {
  const active = isActive({ executor, beat, limits }, at);
  const silent =
    isAvailable(executor.presence) &&
    !isActive({ executor: { ...executor, presence: 'online' }, beat, limits }, at);
  const left = (cap: number, taken: number) => (active ? Math.max(0, cap - taken) : 0);
  const room = left(limits.maxTicketsPerExecutor, executor.open.length);
  return {
    executorId: executor.id,
    name: executor.name,
    presence: silent ? 'suspect' : executor.presence,
    room,
    urgentRoom: Math.min(room, left(limits.maxUrgentTicketsPerExecutor, executor.openUrgent.length)),
  };
};
