import { defineTimers } from '../platform/timers/define-timers.ts';
import { timerSet } from './internal-events.ts';
import { timerSchema } from './timer-schema.ts';

export const deskTimers = defineTimers({
  table: 'desk',
  shards: 4,
  schema: timerSchema,
  event: () => timerSet,
});

type AnyTimer = Parameters<typeof deskTimers.draft>[0];

export type DeskTimer<Kind extends AnyTimer['kind'] = AnyTimer['kind']> = Extract<AnyTimer, { kind: Kind }>;
