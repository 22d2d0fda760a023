import {
  actsAsAdmin,
  adminsAfter,
  listsOf,
  lockedBy,
  rolesInOrder,
  unlocked,
} from '../../../lib/identity/core/user-roles.ts';
import { isStaff, type User } from '../../../lib/identity/model.ts';
import { ROLES, type Role } from '../../../lib/platform/caller.ts';

const AT = '2026-01-05T08:00:00.000Z';
const user = (more: Partial<User> = {}): User => ({
  id: 'usr_b',
  phone: '+79161234567',
  roles: ['admin'],
  locale: 'ru',
  letters: [],
  sessionEpoch: 0,
  createdAt: AT,
  version: 1,
  ...more,
});
const lock = { id: 'usr_a', reason: 'left', at: AT };

test.each<[readonly Role[], boolean]>([
  [['client'], false],
  [['candidate'], false],
  [['client', 'candidate'], false],
  ...ROLES.filter((role) => role !== 'client' && role !== 'candidate').map(
    (role): [readonly Role[], boolean] => [[role], true],
  ),
  [['client', 'executor'], true],
  [[], false],
])('R-AUTH-05 %p → staff %s', (roles, staff) => {
  expect(isStaff({ roles })).toBe(staff);
  expect(listsOf({ roles }, staff)).toEqual([...roles, ...(staff ? ['staff'] : [])]);
});

test('R-AUTH-05 a locked admin acts as none', () => {
  expect([user(), user({ roles: ['manager'] }), lockedBy(user(), lock)].map(actsAsAdmin)).toEqual([
    true,
    false,
    false,
  ]);
});

test.each<[string, { admins: string[]; before?: User; after: User }, string[] | null]>([
  ['a new admin joins', { admins: ['usr_a'], after: user() }, ['usr_a', 'usr_b']],
  [
    'where there is none, other accounts change freely',
    { admins: [], before: user({ roles: [] }), after: user({ roles: ['client'] }) },
    [],
  ],
  ['the first one, too', { admins: [], after: user() }, ['usr_b']],
  ['twice is once', { admins: ['usr_b'], before: user(), after: user({ version: 2 }) }, ['usr_b']],
  [
    'one of two loses the role',
    { admins: ['usr_a', 'usr_b'], before: user(), after: user({ roles: [] }) },
    ['usr_a'],
  ],
  ['the last one cannot', { admins: ['usr_b'], before: user(), after: user({ roles: ['manager'] }) }, null],
  ['nor be locked', { admins: ['usr_b'], before: user(), after: lockedBy(user(), lock) }, null],
  [
    'somebody else is no matter',
    { admins: ['usr_a'], before: user({ roles: [] }), after: user({ roles: ['client'] }) },
    ['usr_a'],
  ],
])('R-AUTH-05 admins: %s', (_, { admins, before, after }, expected) => {
  expect(adminsAfter(admins, { before, after })).toEqual(expected);
});

test('R-AUTH-05 a lock ends the sessions, and an unlock does not bring them back', () => {
  const after = lockedBy(user(), lock);
  expect(after).toMatchObject({
    locked: { by: 'usr_a', reason: 'left', at: AT },
    sessionEpoch: 1,
    version: 2,
  });
  expect(unlocked(after)).toEqual(user({ sessionEpoch: 1, version: 3 }));
});

test('roles are written in one order', () => {
  expect(rolesInOrder(['admin', 'client', 'admin'], ROLES)).toEqual(['client', 'admin']);
});
