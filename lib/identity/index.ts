/** The door for other modules: identity tells of people by events, and is asked nothing. */
export { USER_CHANGED, userChanged, userChangedEvent } from './events.ts';
