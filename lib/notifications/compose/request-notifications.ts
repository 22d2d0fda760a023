import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { type NotificationRequest, notificationRequested } from '../internal-events.ts';

/** Of one commit: an outbox row holds 400 KB, a request some 400 bytes. */
export const REQUESTS_AT_ONCE = 100;

/** Has a notification composed for each request, by a message of its own. Keys make a repeat harmless. */
export const requestNotifications = async (
  rt: Runtime,
  requests: readonly NotificationRequest[],
): Promise<void> => {
  for (let start = 0; start < requests.length; start += REQUESTS_AT_ONCE) {
    const some = requests.slice(start, start + REQUESTS_AT_ONCE);
    await commit(rt, { writes: [], events: some.map((request) => notificationRequested.draft(request)) });
  }
};
