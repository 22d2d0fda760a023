// @pure

import * as z from 'zod';
import { type Instant, plusSeconds } from '../../platform/clock.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { Email, User } from '../model.ts';

/** A link works so long (R-AUTH-03). */
export const LINK_LIFE_SEC = 24 * 3600;
const RESEND_SEC = 60;
const EMAILS_PER_DAY = 5;
/** To all addresses together: else a changing address would make us write to strangers without end. */
const EMAILS_TO_ALL_PER_DAY = 15;
const DAY_SEC = 24 * 3600;

export type SendDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'too-early'; readonly retryAt: Instant }
  | { readonly kind: 'too-many'; readonly retryAt: Instant };

/** May a confirmation e-mail go to the address of this epoch now? */
export const decideSend = (sent: User['letters'], epoch: number, now: Instant): SendDecision => {
  const day = sent.filter(({ at }) => plusSeconds(at, DAY_SEC) > now);
  const own = day.filter((each) => each.epoch === epoch);
  const last = own.at(-1);
  const early = last && plusSeconds(last.at, RESEND_SEC);
  if (early && early > now) return { kind: 'too-early', retryAt: early };
  const leaves = own[own.length - EMAILS_PER_DAY] ?? day[day.length - EMAILS_TO_ALL_PER_DAY];
  return leaves ? { kind: 'too-many', retryAt: plusSeconds(leaves.at, DAY_SEC) } : { kind: 'send' };
};

/** The last day's e-mails and one more. */
export const withSent = (sent: User['letters'], epoch: number, now: Instant): User['letters'] => [
  ...sent.filter(({ at }) => plusSeconds(at, DAY_SEC) > now),
  { at: now, epoch },
];

/** Another address starts over; the same one stays as it is, confirmed or not. */
export const withAddress = (email: Email | undefined, address: string): Email =>
  email?.address === address ? email : { address, epoch: (email?.epoch ?? 0) + 1 };

/** What an e-mail's link is kept as; the token itself is derived and kept nowhere. */
export const emailProofSchema = lazily(() =>
  z.object({
    /** SHA-256 of the token, hex: whoever reads the table cannot make a link of it. */
    hash: z.string(),
    userId: z.string(),
    epoch: z.int(),
    expiresAt: storedInstant(),
  }),
);
export type EmailProof = ReadBy<typeof emailProofSchema>;

export type ConfirmDecision = 'confirm' | 'link-spent';

/** A link confirms the address it was sent to, once, while that is still the user's address. */
export const decideConfirmation = (
  proof: EmailProof | undefined,
  user: User | undefined,
  now: Instant,
): ConfirmDecision => {
  const email = user?.email;
  const good =
    proof !== undefined &&
    now < proof.expiresAt &&
    email !== undefined &&
    email.epoch === proof.epoch &&
    email.confirmedAt === undefined;
  return good ? 'confirm' : 'link-spent';
};
