export const ROLES = [
  'client',
  'executor',
  'worker',
  'candidate',
  'manager',
  'quality',
  'supplies',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

/** Who calls, as the token says. */
export interface Caller {
  /** Subject of the token: `usr_…`. */
  readonly id: string;
  readonly roles: readonly Role[];
}

export const hasRole = (caller: Caller, ...anyOf: readonly Role[]): boolean =>
  anyOf.some((role) => caller.roles.includes(role));
