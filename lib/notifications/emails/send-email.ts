import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveToken } from '../../platform/secrets/index.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { bareAddress, mimeOf } from '../adapters/mime.ts';
import type { HandOff, Outgoing } from '../adapters/port.ts';
import { mailFrom, openTransport } from '../adapters/transport.ts';
import { findNotification } from '../core/notification-repository.ts';
import { emailDue } from '../internal-events.ts';
import { type Notification, tokenPlaceholder } from '../model.ts';
import type { RenderedEmail } from '../rendering/render.ts';
import { getEmail } from './email-repository.ts';
import { type Move, moveNotification, moveOnce } from './move-notification.ts';
import { readinessOf, retryAt } from './readiness.ts';

const inHand = (cause?: unknown): AppError =>
  new AppError('unavailable', 'email-in-hand', 'another delivery of this message is at it', { cause });

/** The e-mail with its token in place of what stood for it. It is made here and goes nowhere but to the mail server. */
const withToken = async (
  rt: Runtime,
  { id, tokenRef }: Notification,
  email: RenderedEmail,
): Promise<RenderedEmail> => {
  if (!tokenRef) return email;
  const token = await deriveToken(rt, tokenRef.purpose, tokenRef.ref);
  const placeholder = tokenPlaceholder(id);
  const filled = (text: string): string => text.replaceAll(placeholder, token);
  return { subject: email.subject, text: filled(email.text), html: filled(email.html) };
};

const outgoing = async (rt: Runtime, notification: Notification): Promise<Outgoing> => {
  const { id, email, file, locale, createdAt } = notification;
  if (email === undefined || !file)
    throw new Error('an e-mail without address or file cannot have been composed');
  const rendered = await withToken(rt, notification, await getEmail(rt, file));
  const from = mailFrom(rt);
  const mime = await mimeOf(rendered, { notificationId: id, from, to: email, locale, at: createdAt });
  return { notificationId: id, from: bareAddress(from), to: email, mime };
};

const afterTemporary = (notification: Notification, answer: string, now: string): Move => {
  const deliverAt = retryAt(notification, now);
  if (deliverAt === undefined) return { change: { state: 'failed', reason: 'refused-too-long', answer } };
  return {
    change: { state: 'composed', reason: 'refused-for-now', answer },
    events: [
      emailDue.draft({ notificationId: notification.id, attempt: notification.attempts + 1 }, { deliverAt }),
    ],
  };
};

const moveAfter = (notification: Notification, result: HandOff, now: string): Move => {
  const { answer } = result;
  switch (result.kind) {
    case 'accepted':
      return { change: { state: 'sent', reason: undefined, answer } };
    case 'permanent':
      return { change: { state: 'failed', reason: 'refused', answer } };
    case 'lost':
      return { change: { state: 'unknown', reason: 'answer-lost', answer } };
    case 'temporary':
      return afterTemporary(notification, answer, now);
  }
};

/** Everything that may fail without harm is done before the claim; after it there is only the hand-off and its outcome. */
const handOff = async (rt: Runtime, before: Notification): Promise<void> => {
  const [email, transport] = await Promise.all([outgoing(rt, before), openTransport(rt)]);
  const claim = { attempts: before.attempts + 1, claimedAt: instant(rt.clock.nowMs()) };
  const claimed = await moveOnce(rt, before, { change: { state: 'sending', ...claim } }).catch(
    (error: unknown) => {
      throw error instanceof CommitConflict ? inHand(error) : error;
    },
  );
  const result = await transport.send(email);
  const now = instant(rt.clock.nowMs());
  // What the mail service tells of an e-mail may come before we have written down that it went out.
  await moveNotification(rt, before.id, (current) =>
    current.state === 'sending' && current.attempts === claimed.attempts
      ? moveAfter(current, result, now)
      : undefined,
  );
};

/**
 * Hands an e-mail to the mail server once per attempt (R-NOT-01). A temporary refusal schedules the next attempt; a lost answer
 * and a hand-off that its function did not live to see the end of are `unknown`, and not sent again. Throws
 * `email-in-hand` to be called again later.
 */
export const sendEmail = async (
  rt: Runtime,
  { notificationId, attempt }: { notificationId: string; attempt: number },
): Promise<void> => {
  const found = await findNotification(rt, notificationId);
  if (!found) throw new AppError('missing', 'notification-not-found', 'There is no such notification.');
  switch (readinessOf(found, attempt, instant(rt.clock.nowMs()))) {
    case 'nothing':
      return;
    case 'in-hand':
      throw inHand();
    case 'abandoned':
      return moveNotification(rt, notificationId, (current) =>
        current.state === 'sending' && current.attempts === attempt
          ? { change: { state: 'unknown', reason: 'cut-short' } }
          : undefined,
      );
    case 'expired':
      return moveNotification(rt, notificationId, ({ state }) =>
        state === 'composed' ? { change: { state: 'expired', reason: 'too-late' } } : undefined,
      );
    case 'ready':
      return handOff(rt, found);
  }
};
