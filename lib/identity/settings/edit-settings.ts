import { auditEvent } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import { parsePhone } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { CodeLimits, SignInSettings } from '../model.ts';
import { findSettings, settingsWrite } from '../repository/settings.ts';
import { adminsUnchanged, findAdmins, getUser } from '../repository/users.ts';
import { budgetOf, mayComeFrom } from '../sign-in/code-rules.ts';
import { type By, mustActAsAdmin } from '../staff/acting-admin.ts';
import { type SettingsChange, type SettingsView, toSettingsView } from './settings-view.ts';

const apply = (before: SignInSettings, change: SettingsChange): SignInSettings => ({
  limits: { ...before.limits, ...change.limits } as CodeLimits,
  dialCodeBudgets: change.dialCodeBudgets ?? before.dialCodeBudgets,
  countries: change.countries === undefined ? before.countries : change.countries,
  internationalNetworks: change.internationalNetworks ?? before.internationalNetworks,
  defaultCountry: change.defaultCountry === undefined ? before.defaultCountry : change.defaultCountry,
  version: before.version + 1,
});

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
 * Somebody must be left who can sign in and undo the change; the admins are held to what they were when this was judged.
 * Without accounts of admins the deployment's own issuer lets them in. Throws `admins-without-codes`.
 */
const adminsKeepCodes = async (rt: Runtime, after: SignInSettings): Promise<Write[]> => {
  const admins = await findAdmins(rt);
  if (admins.ids.length === 0) return [];
  const accounts = await Promise.all(admins.ids.map((id) => getUser(rt, id)));
  if (accounts.some(({ phone }) => mayHaveCodes(after, phone))) return [adminsUnchanged(rt, admins)];
  throw new AppError(
    'unprocessable',
    'admins-without-codes',
    'No admin could sign in any more: none of their phones would be sent a code.',
  );
};

/**
 * Changes how people sign in, in force with the commit. Throws `stale` when the settings are not at `ifMatch`,
 * `admins-without-codes` (422).
 */
export const editSettings = (
  rt: Runtime,
  input: By & { change: SettingsChange; ifMatch: number },
): Promise<SettingsView> =>
  untilCommitted(rt, async () => {
    await mustActAsAdmin(rt, input);
    const before = await findSettings(rt);
    if (before.version !== input.ifMatch) {
      throw new AppError('stale', 'stale', 'The settings were changed meanwhile.');
    }
    const after = apply(before, input.change);
    const [{ version: _from, ...from }, { version: _to, ...to }] = [before, after].map(toSettingsView) as [
      SettingsView,
      SettingsView,
    ];
    if (JSON.stringify(from) === JSON.stringify(to)) return toSettingsView(before);
    await commit(rt, {
      writes: [settingsWrite(rt, before, after), ...(await adminsKeepCodes(rt, after))],
      events: [
        auditEvent(rt, {
          actor: input.caller,
          action: 'sign-in-settings.changed',
          subject: 'settings/sign-in',
          details: { from, to },
          origin: input.origin,
        }),
      ],
    });
    return toSettingsView(after);
  });

export const readSettings = async (rt: Runtime): Promise<SettingsView> =>
  toSettingsView(await findSettings(rt));
