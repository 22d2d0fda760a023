import { byTwo, type Outcome } from '../../platform/approvals/by-two.ts';
import { type Approved, approvalKind, defineApprovals } from '../../platform/approvals/define-approvals.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Role } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import type { Locale, User } from '../model.ts';
import { changeRoles } from './change-user.ts';
import { createUser } from './create-user.ts';

interface RolesInputs {
  readonly userId: string;
  readonly roles: readonly Role[];
  readonly ifMatch: number;
}

interface UserInputs {
  readonly id: string;
  readonly phone: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly locale?: Locale | undefined;
}

const ROLES_CHANGED = 'user.roles-changed';
const CREATED = 'user.created';

/** Roles of staff are what two admins give (R-AUTH-08). */
export const identityApprovals = defineApprovals({
  table: 'identity',
  area: 'identity',
  kinds: {
    [ROLES_CHANGED]: approvalKind({
      apply: (rt, inputs: RolesInputs, how: Approved) => changeRoles(rt, { ...inputs, ...how }),
    }),
    [CREATED]: approvalKind({
      apply: (rt, inputs: UserInputs, how: Approved) => createUser(rt, { ...inputs, ...how }),
    }),
  },
});

/** Throws those of `changeRoles`. */
export const changeRolesByTwo = (
  rt: Runtime,
  { caller, origin, ...inputs }: Actor & RolesInputs,
): Promise<Outcome<User>> => {
  const { userId } = inputs;
  const change = {
    kind: ROLES_CHANGED,
    subject: `user/${userId}`,
    inputs,
    parties: [userId],
    caller,
    origin,
  };
  return byTwo(rt, identityApprovals, change, (permit) =>
    changeRoles(rt, { ...inputs, caller, origin, permit }),
  );
};

/** Throws those of `createUser`. */
export const createUserByTwo = (
  rt: Runtime,
  { caller, origin, idempotency, ...fields }: Actor & Omit<UserInputs, 'id'> & { idempotency: Idempotency },
): Promise<Outcome<User>> => {
  const inputs: UserInputs = { ...fields, id: rt.ids.next('usr') };
  const change = { kind: CREATED, subject: `user/${inputs.id}`, inputs, caller, origin, idempotency };
  return byTwo(rt, identityApprovals, change, (permit) =>
    createUser(rt, { ...inputs, caller, origin, idempotency, permit }),
  );
};
