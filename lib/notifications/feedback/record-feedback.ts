import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { NOTIFICATION_TAG } from '../adapters/port.ts';
import { moveNotification } from '../emails/move-notification.ts';
import { stopAddressWrite } from './address-repository.ts';
import { feedbackOf, type SesNotice } from './feedback.ts';

/**
 * Writes down what the mail service tells: delivered, bounced, called spam. What comes twice or too late changes nothing; a
 * e-mail whose hand-off was `unknown` is known again.
 */
export const recordFeedback = async (rt: Runtime, notice: SesNotice): Promise<void> => {
  const feedback = feedbackOf(notice, NOTIFICATION_TAG);
  if (!feedback) return;
  const { notificationId, state, reason, stop } = feedback;
  const at = instant(rt.clock.nowMs());
  await moveNotification(rt, notificationId, ({ email }) => ({
    change: { state, reason },
    ...(stop && email !== undefined && { writes: [stopAddressWrite(rt, { email, reason: stop, at })] }),
  }));
};
