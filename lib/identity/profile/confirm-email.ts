import type { Caller } from '../../platform/caller.ts';
import { epochMs, type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveToken } from '../../platform/secrets/index.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { userChange } from '../core/user-change.ts';
import { findUser } from '../core/user-repository.ts';
import { emailConfirmationRequested } from '../events.ts';
import type { Email, User } from '../model.ts';
import {
  decideConfirmation,
  decideSend,
  LINK_LIFE_SEC,
  type SendDecision,
  withAddress,
  withSent,
} from './email-proof.ts';
import { emailProofWrite, findEmailProof } from './email-proof-repository.ts';
import { getOwnUser } from './profile.ts';

/** The link's token is derived from the proof's id where the e-mail is handed off; here only its hash is kept. */
const PURPOSE = 'email-confirmation';

const refusal = (decision: Exclude<SendDecision, { kind: 'send' }>, now: Instant): AppError => {
  const retryAfterSec = Math.max(1, Math.ceil((epochMs(decision.retryAt) - epochMs(now)) / 1000));
  return decision.kind === 'too-early'
    ? new AppError('limited', 'resend-too-early', 'An e-mail is on its way.', { retryAfterSec })
    : new AppError('limited', 'too-many-emails', 'Too many e-mails were requested today.', {
        retryAfterSec,
      });
};

/** The user with one more e-mail to their address, and all that goes with it. Throws the limits' 429. */
const emailChange = async (
  rt: Runtime,
  { before, email }: { before: User; email: Email },
): Promise<Change & { readonly after: User }> => {
  const now = instant(rt.clock.nowMs());
  const decision = decideSend(before.letters, email.epoch, now);
  if (decision.kind !== 'send') throw refusal(decision, now);
  const letters = withSent(before.letters, email.epoch, now);
  const after: User = { ...before, email, letters, version: before.version + 1 };
  const ref = rt.ids.next('emp');
  const proof = { userId: after.id, epoch: email.epoch, expiresAt: plusSeconds(now, LINK_LIFE_SEC) };
  const change = await userChange(rt, { before, after });
  return {
    after,
    writes: [...change.writes, emailProofWrite(rt, await deriveToken(rt, PURPOSE, ref), proof)],
    events: [
      ...change.events,
      emailConfirmationRequested.draft({
        userId: after.id,
        email: email.address,
        ...(after.name !== undefined && { name: after.name }),
        locale: after.locale,
        tokenRef: { purpose: PURPOSE, ref },
      }),
    ],
  };
};

/**
 * Sets the e-mail address and sends the confirmation e-mail; another address starts over, the same one changes nothing.
 * Throws `too-many-emails` (429).
 */
export const setEmail = (
  rt: Runtime,
  { caller, address }: { caller: Caller; address: string },
): Promise<User> =>
  untilCommitted(rt, async () => {
    const before = await getOwnUser(rt, caller);
    const email = withAddress(before.email, address);
    if (email === before.email) return before;
    const { after, ...change } = await emailChange(rt, { before, email });
    await commit(rt, change);
    return after;
  });

/** Sends the e-mail again. Throws `email-missing`, `email-confirmed` (409); `resend-too-early`, `too-many-emails` (429). */
export const resendConfirmation = (rt: Runtime, caller: Caller): Promise<User> =>
  untilCommitted(rt, async () => {
    const before = await getOwnUser(rt, caller);
    const { email } = before;
    if (!email) throw new AppError('conflict', 'email-missing', 'There is no address to write to.');
    if (email.confirmedAt) throw new AppError('conflict', 'email-confirmed', 'The address is confirmed.');
    const { after, ...change } = await emailChange(rt, { before, email });
    await commit(rt, change);
    return after;
  });

/** Whose link this is, if it can still confirm. Looking changes nothing: mail scanners open every link. */
export const findOpenLink = async (rt: Runtime, token: string): Promise<User | undefined> => {
  const proof = await findEmailProof(rt, token);
  const user = proof && (await findUser(rt, proof.userId));
  return decideConfirmation(proof, user, instant(rt.clock.nowMs())) === 'confirm' ? user : undefined;
};

/** Confirms the address a link was sent to, once. Undefined when the link is good no longer (R-AUTH-03). */
export const confirmEmail = (rt: Runtime, token: string): Promise<User | undefined> =>
  untilCommitted(rt, async () => {
    const before = await findOpenLink(rt, token);
    if (!before?.email) return undefined;
    const email: Email = { ...before.email, confirmedAt: instant(rt.clock.nowMs()) };
    const after: User = { ...before, email, version: before.version + 1 };
    await commit(rt, await userChange(rt, { before, after }));
    return after;
  });
