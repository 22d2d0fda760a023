import type { emailConfirmationRequested, staffCreated, userChangedByAdmin } from '../../identity/events.ts';
import type { EventData } from '../../platform/events/define-event.ts';
import type { RequestEvent } from '../internal-events.ts';

type Request = RequestEvent['data'];

/** The e-mail with the link; each link has one. */
export const confirmationRequest = ({
  userId,
  email,
  name,
  locale,
  tokenRef,
}: EventData<typeof emailConfirmationRequested>): Request => ({
  key: tokenRef.ref,
  template: 'email-confirmation',
  locale,
  channel: 'email',
  recipient: { userId, email },
  data: { name },
  tokenRef,
});

/** Says to somebody of the staff, once, that they may sign in. */
export const welcomeRequest = ({ userId, phone, name, locale }: EventData<typeof staffCreated>): Request => ({
  key: `${userId}.welcome`,
  template: 'staff-welcome',
  locale,
  channel: 'auto',
  recipient: { userId, phone },
  data: { name },
});

/** One for each admin, each of them once for this version of the account. */
export const accountChangedRequests = ({
  userId,
  version,
  action,
  byId,
  adminIds,
}: EventData<typeof userChangedByAdmin>): Request[] =>
  adminIds.map((adminId) => ({
    key: `${userId}.${version}.account-changed.${adminId}`,
    template: 'account-changed',
    channel: 'auto',
    recipient: { userId: adminId },
    data: { action, accountId: userId, byId },
  }));
