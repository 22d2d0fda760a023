import type { Role } from '../../../lib/platform/caller.ts';
import type { TestRuntime } from '../aws/index.ts';
import { askForCode, codeOf, signInBy, somePhone } from '../identity.ts';
import { newUser, type TestUser, userOn } from '../staff.ts';
import type { Known } from './schema-arbitrary.ts';

export interface Accounts {
  readonly callers: Readonly<Record<'worker' | 'candidate' | 'quality' | 'supplies' | 'admin', TestUser>>;
  readonly known: Known;
}

/** People with accounts, one of them signed in, one on the way; a phone is known, and a machine's key. */
export const openAccounts = async (rt: TestRuntime): Promise<Accounts> => {
  const deployer = newUser(rt, 'admin');
  const make = async (path: string, body: object) =>
    (await deployer.call(`POST ${path}`, { key: rt.ids.next('key'), body })).body;
  const account = async (role: Role): Promise<TestUser> => {
    const { userId: id } = await make('/v1/users', { phone: somePhone(), name: 'Somebody', roles: [role] });
    return userOn(rt, { ...deployer, id }, role);
  };
  const callers = {
    worker: await account('worker'),
    candidate: await account('candidate'),
    quality: await account('quality'),
    supplies: await account('supplies'),
    admin: await account('admin'),
  };
  await callers.worker.call('PUT /v1/me/email', { body: { email: 'worker@firm.example' } });
  const signedIn = (await signInBy(rt, somePhone())).body;
  const phone = somePhone();
  const { challengeId } = (await askForCode(rt, phone)).body;
  const { keyId } = await make('/v1/api-keys', {
    name: 'a machine',
    scopes: ['sms:read'],
    entityIds: ['own'],
    categories: ['transactional'],
  });
  return {
    callers,
    known: {
      userId: [signedIn.user.userId, ...Object.values(callers).map(({ id }) => id)],
      challengeId: [challengeId],
      code: [await codeOf(rt, challengeId)],
      refreshToken: [signedIn.refreshToken],
      phone: [phone, signedIn.user.phone, somePhone(), '8 (495) 123-45-67', '112'],
      email: ['somebody@firm.example'],
      keyId: [keyId],
    },
  };
};
