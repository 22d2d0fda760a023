import { defineTimers } from '../platform/timers/define-timers.ts';
import { deliveryDue } from './internal-events.ts';
import { deliveryTimer } from './timer-schemas.ts';

/** The next try of each delivery. */
export const webhookTimers = defineTimers({
  table: 'webhooks',
  shards: 4,
  schema: deliveryTimer,
  event: () => deliveryDue,
});
