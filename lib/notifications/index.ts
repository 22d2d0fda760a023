/** The door for other modules. */
export { NOTIFICATION_REQUESTED, type NotificationRequest, notificationRequested } from './events.ts';
