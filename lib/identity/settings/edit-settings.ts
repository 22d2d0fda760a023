import { auditEvent } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { CodeLimits, SignInSettings } from '../model.ts';
import { findSettings, settingsWrite } from '../repository/settings.ts';
import type { By } from '../staff/acting-admin.ts';
import { type SettingsChange, type SettingsView, toSettingsView } from './settings-view.ts';

const apply = (before: SignInSettings, change: SettingsChange): SignInSettings => ({
  limits: { ...before.limits, ...change.limits } as CodeLimits,
  dialCodeBudgets: change.dialCodeBudgets ?? before.dialCodeBudgets,
  countries: change.countries === undefined ? before.countries : change.countries,
  defaultCountry: change.defaultCountry === undefined ? before.defaultCountry : change.defaultCountry,
  version: before.version + 1,
});

/** Changes how people sign in, in force with the commit. Throws `stale` when the settings are not at `ifMatch`. */
export const editSettings = (
  rt: Runtime,
  input: By & { change: SettingsChange; ifMatch: number },
): Promise<SettingsView> =>
  untilCommitted(rt, async () => {
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
      writes: [settingsWrite(rt, before, after)],
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
