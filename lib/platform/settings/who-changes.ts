import { type Caller, hasRole, type Role } from '../caller.ts';
import { AppError } from '../errors.ts';
import type { SettingGroup, Settings } from './define-settings.ts';

/** Threats, "Settings". What takes two persons is proposed by one of these and approved by another. */
const CHANGED_BY: Readonly<Record<SettingGroup, { readonly role: Role; readonly persons: 1 | 2 }>> = {
  service: { role: 'manager', persons: 1 },
  security: { role: 'admin', persons: 1 },
  money: { role: 'manager', persons: 2 },
};

type Grouped = Pick<Settings<unknown>, 'group' | 'settings' | 'names'>;

const groupOf = ({ settings, group }: Grouped, name: string): SettingGroup => settings[name]?.group ?? group;

/** The roles that may change anything of a set: who gets as far as its endpoints. */
export const rolesFor = (settings: Grouped): Role[] => [
  ...new Set(settings.names.map((name) => CHANGED_BY[groupOf(settings, name)].role)),
];

/** Throws `setting-of-others` (403) when a changed setting is another role's, `two-persons` (403) for what one alone may not change. */
export const mustMayChange = (caller: Caller, settings: Grouped, changed: readonly string[]): void => {
  for (const name of changed) {
    const { role, persons } = CHANGED_BY[groupOf(settings, name)];
    if (!hasRole(caller, role)) {
      throw new AppError('forbidden', 'setting-of-others', `${name} is changed by the role ${role}.`);
    }
    // Approval by a second user enters here: the change is stored as a proposal instead.
    if (persons === 2) {
      throw new AppError(
        'forbidden',
        'two-persons',
        `${name} is changed by two persons, which is not possible yet.`,
      );
    }
  }
};
