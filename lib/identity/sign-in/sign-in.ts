import { type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import { userChange } from '../core/user-change.ts';
import { findUserByPhone, userUnchanged } from '../core/user-repository.ts';
import type { ChallengePlace, Device, Locale, User } from '../model.ts';
import { newSession } from '../sessions/session-refresh.ts';
import { newSessionWrites } from '../sessions/session-repository.ts';
import { type Tokens, tokensFor } from '../sessions/tokens.ts';
import { useChallengeWrite } from './challenge-repository.ts';
import { checkCode, codeExpired, lostChallenge } from './check-code.ts';
import { devicesWrite, findDevices } from './code-repository.ts';
import { newDeviceToken, withDevice } from './known-device.ts';
import { noteEntered } from './traffic-repository.ts';

export interface SignedIn extends Tokens {
  /** True for the sign-in that registered somebody. */
  readonly newClient: boolean;
  /** Sent when a code is requested, it lets this device have codes that no stranger can use up. */
  readonly deviceToken: string;
  readonly user: User;
}

/** Answered only to a caller with the right code, and so the phone. */
const userLocked = (): AppError => new AppError('forbidden', 'account-locked', 'This account is locked.');

/** Primary registration: a client of whom only the phone is known (R-AUTH-02). */
const newClient = (
  rt: Runtime,
  { phone, locale }: { phone: string; locale: Locale },
  now: Instant,
): User => ({
  id: rt.ids.next('usr'),
  phone,
  roles: ['client'],
  locale,
  letters: [],
  sessionEpoch: 0,
  createdAt: now,
  version: 1,
});

interface Proven {
  readonly place: ChallengePlace;
  readonly locale: Locale;
  readonly device: Device;
}

/** The device is known from now on: the token is in the answer, its hash in the store. */
const deviceChange = async (
  rt: Runtime,
  { phone, line }: ChallengePlace,
  now: Instant,
): Promise<{ write: Write; token: string }> => {
  const before = await findDevices(rt, phone);
  const token = newDeviceToken();
  const devices = withDevice(before.devices, { token, line, now });
  return { write: devicesWrite(rt, before, devices), token };
};

const enter = async (rt: Runtime, { place, locale, device: signsIn }: Proven): Promise<SignedIn> => {
  const { phone } = place;
  const now = instant(rt.clock.nowMs());
  const known = await findUserByPhone(rt, phone);
  if (known?.locked) throw userLocked();
  const user = known ?? newClient(rt, { phone, locale }, now);
  const userPart: Change = known
    ? { writes: [userUnchanged(rt, known)], events: [] }
    : await userChange(rt, { before: undefined, after: user });
  const session = newSession(rt.ids.next('ses'), user, now, signsIn);
  const device = await deviceChange(rt, place, now);
  try {
    await commit(rt, {
      writes: [
        useChallengeWrite(rt, place, now),
        ...newSessionWrites(rt, session),
        device.write,
        ...userPart.writes,
      ],
      events: userPart.events,
    });
  } catch (error) {
    throw lostChallenge(error) ? codeExpired(error) : error;
  }
  const isNew = known === undefined;
  const tokens = await tokensFor(rt, { user, session, newClient: isNew });
  return { ...tokens, newClient: isNew, deviceToken: device.token, user };
};

/**
 * Trades the code of a challenge for tokens; somebody unknown is registered as a client. A guess is counted before it is
 * checked, and a right code is good once. Throws `code-wrong` with `attemptsLeft`, `code-expired` (401), `account-locked` (403).
 */
export const signIn = async (
  rt: Runtime,
  { challengeId, code, device }: { challengeId: string; code: string; device: Device },
): Promise<SignedIn> => {
  const { place, challenge } = await checkCode(rt, { challengeId, code });
  const { locale, createdAt } = challenge;
  const signedIn = await untilCommitted(rt, () => enter(rt, { place, locale, device }));
  await noteEntered(rt, { phone: place.phone, createdAt });
  count(rt, 'CodesUsed');
  return signedIn;
};
