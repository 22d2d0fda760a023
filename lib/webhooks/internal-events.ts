import { defineEvent } from '../platform/events/define-event.ts';
import { dueMessage } from '../platform/timers/due-message.ts';
import { deliveryTimer } from './timer-schemas.ts';

/** A webhook is to be called, for the first time or again. */
export const deliveryDue = defineEvent('webhooks.delivery.due', () => dueMessage(deliveryTimer()));
