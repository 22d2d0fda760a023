/** The door of the SMS module: other modules ask by an event and learn by another. */
export { type SmsRequest, type StatusChange, smsRequestedEvent, statusChanged } from './events.ts';
export { entityIdSchema, OWN_ENTITY, smsCategories } from './model.ts';
