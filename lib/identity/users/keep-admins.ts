import { adminsUnchanged, findAdmins } from '../../platform/approvals/admins.ts';
import { AppError } from '../../platform/errors.ts';
import { parsePhone } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { getUser } from '../core/user-repository.ts';
import type { SignInSettings } from '../settings/catalogue.ts';
import { budgetOf, mayComeFrom } from '../sign-in/sign-in-code.ts';

/** May a code go to this phone at all, as far as settings decide? */
const mayHaveCodes = (settings: SignInSettings, phone: string): boolean => {
  const parsed = parsePhone(phone);
  return (
    parsed.kind === 'mobile' &&
    mayComeFrom(settings, parsed.country) &&
    budgetOf(settings, parsed.dialCode) > 0
  );
};

/**
 * Some admin must still be able to sign in and undo the change; the commit fails if the admins change after this check.
 * Where no user is an admin, admins sign in at the deployment's own issuer. Throws `admins-without-codes`.
 */
export const adminsKeepCodes = async (rt: Runtime, after: SignInSettings): Promise<Write[]> => {
  const admins = await findAdmins(rt);
  if (admins.ids.length === 0) return [];
  const users = await Promise.all(admins.ids.map((id) => getUser(rt, id)));
  if (users.some(({ phone }) => mayHaveCodes(after, phone))) return [adminsUnchanged(rt, admins)];
  throw new AppError(
    'unprocessable',
    'admins-without-codes',
    'No admin could sign in any more: none of their phones would be sent a code.',
  );
};
