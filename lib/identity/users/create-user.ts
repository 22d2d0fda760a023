import { findAdmins } from '../../platform/approvals/admins.ts';
import type { RequestPermit } from '../../platform/approvals/define-approvals.ts';
import { type Actor, auditEvent, audited, SYSTEM_ACTOR } from '../../platform/audit.ts';
import { ROLES, type Role } from '../../platform/caller.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { type Mobile, readMobile } from '../../platform/input/phone.ts';
import { maskPhone } from '../../platform/mask-phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { settingsChange } from '../../platform/settings/edit-settings.ts';
import { findSettings as findStoredSettings } from '../../platform/settings/settings-repository.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { permitWrites, userChange } from '../core/user-change.ts';
import { findUserByPhone } from '../core/user-repository.ts';
import { rolesInOrder } from '../core/user-roles.ts';
import { staffCreated } from '../events.ts';
import { isStaff, type Locale, type User } from '../model.ts';
import { type SignInSettings, signInSettings } from '../settings/catalogue.ts';
import { findSettings } from '../settings/settings-repository.ts';
import { localeOf } from '../sign-in/code-text.ts';
import { readPhone } from '../sign-in/read-phone.ts';
import { mayComeFrom } from '../sign-in/sign-in-code.ts';
import { toUserForAdmins } from '../views.ts';
import { mustActAsAdmin } from './acting-admin.ts';
import { adminsInformed } from './inform-admins.ts';

interface NewUser {
  /** Of the user to be created. */
  readonly id: string;
  readonly phone: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly locale?: Locale | undefined;
}

/** The user with this data, not stored yet. */
const newUser = (rt: Runtime, user: Omit<NewUser, 'phone'>, { phone, dialCode }: Mobile): User => {
  return {
    id: user.id,
    phone,
    name: user.name,
    roles: rolesInOrder(user.roles, ROLES),
    locale: user.locale ?? localeOf(dialCode),
    letters: [],
    sessionEpoch: 0,
    createdAt: instant(rt.clock.nowMs()),
    version: 1,
  };
};

const created = ({ id: userId, phone, name, locale }: User) =>
  staffCreated.draft({ userId, phone, name, locale });

/**
 * Creates a user, who then signs in by their phone in these roles. Throws `phone-taken` when there is a user with it (somebody
 * who already signed in as a client is given roles instead), and what a phone may be refused for. A role of staff needs two
 * admins.
 */
export const createUser = (
  rt: Runtime,
  input: Actor & NewUser & { idempotency?: Idempotency | undefined; permit: RequestPermit },
): Promise<User> =>
  untilCommitted(rt, async () => {
    await mustActAsAdmin(rt, input);
    const user = newUser(rt, input, readPhone(input.phone, await findSettings(rt)));
    if (await findUserByPhone(rt, user.phone)) {
      throw new AppError('conflict', 'phone-taken', 'There is a user with this phone.');
    }
    const permit = isStaff(user) ? await input.permit() : undefined;
    const move = { before: undefined, after: user };
    const userPart = await userChange(rt, { ...move, admins: permit?.holders });
    const audit = audited(rt, input, {
      action: 'user.created',
      subject: `user/${user.id}`,
      details: { phone: maskPhone(user.phone), name: user.name, roles: user.roles },
    });
    const change = { action: 'user.created', user, byId: input.caller.id };
    const notices = isStaff(user) ? [created(user), ...(await adminsInformed(rt, change))] : [];
    await commit(rt, {
      writes: [...userPart.writes, ...permitWrites(permit, move)],
      events: [...userPart.events, audit, ...notices, ...(permit?.events ?? [])],
      answer: {
        idempotency: input.idempotency,
        stored: { status: 201, body: toUserForAdmins(user), etag: String(user.version) },
      },
    });
    return user;
  });

/** What must be set for this phone to sign in; undefined when it may already. */
const openingFor = (
  settings: Pick<SignInSettings, 'countries' | 'internationalNetworks'>,
  { country }: Mobile,
): Partial<SignInSettings> | undefined => {
  if (mayComeFrom(settings, country)) return undefined;
  return country === undefined
    ? { internationalNetworks: true }
    : { countries: [...(settings.countries ?? []), country] };
};

/**
 * Makes the first admin, for the command that sets up a new deployment: a new user, or the role for a user who has signed
 * in before. Their phone's country is one of those that may sign in from then on, or nobody could change that. Throws
 * `phone-invalid`, `phone-not-mobile`, `admin-exists` when anybody can act as an admin: from then on they give the role.
 */
export const makeFirstAdmin = (rt: Runtime, user: { phone: string; name: string }): Promise<User> =>
  untilCommitted(rt, async () => {
    const admins = await findAdmins(rt);
    if (admins.ids.length > 0) {
      throw new AppError('conflict', 'admin-exists', 'There is an admin already; they make the others.');
    }
    const seen = await findStoredSettings(rt, signInSettings);
    const { values } = seen.global;
    const mobile = readMobile(user.phone, values.defaultCountry ?? undefined);
    const id = rt.ids.next('usr');
    const fresh = newUser(rt, { ...user, id, roles: ['admin'] }, mobile);
    const before = await findUserByPhone(rt, fresh.phone);
    const { locked: _, ...known } = before ?? fresh;
    const after: User = before
      ? {
          ...known,
          name: user.name,
          roles: rolesInOrder([...before.roles, 'admin'], ROLES),
          version: before.version + 1,
        }
      : fresh;
    // The list of admins is written under its version: of two commands at once, one finds an admin.
    const userPart = await userChange(rt, { before, after, admins });
    const audit = auditEvent(rt, {
      actor: SYSTEM_ACTOR,
      action: 'user.made-first-admin',
      subject: `user/${after.id}`,
      details: { phone: maskPhone(after.phone), name: after.name },
    });
    const opening = openingFor(values, mobile);
    const opened =
      opening &&
      settingsChange(rt, signInSettings, seen, {
        caller: SYSTEM_ACTOR,
        values: { ...values, ...opening },
      });
    await commit(rt, {
      writes: [...userPart.writes, ...(opened?.writes ?? [])],
      events: [...userPart.events, audit, ...(opened?.events ?? [])],
    });
    return after;
  });
