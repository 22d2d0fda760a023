import { userChangedByAdmin } from '../../../lib/identity/events.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { approved, madeId } from '../../support/approvals.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { listenToCommits, signInBy, somePhone } from '../../support/identity.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let outside: TestUser;
let received: DomainEvent[];
let ada: string;
let alan: string;

const make = async (...roles: string[]): Promise<string> => {
  const key = rt.ids.next('key');
  const body = { phone: somePhone(), name: 'Ada', roles };
  const made = await outside.call('POST /v1/users', { key, body });
  await approved(rt, made);
  return madeId(made, 'userId');
};

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  outside = newUser(rt, 'admin');
  [ada, alan] = [await make('admin'), await make('admin')];
  received = listenToCommits(rt);
});

const asAda = async (request: string, options: { body?: object; ifMatch?: string } = {}) =>
  call(rt, request, { ...options, token: await rt.token({ id: ada, roles: ['admin'] }) });

const giveRoles = async (userId: string, ...roles: string[]) => {
  const { etag = '' } = (await outside.call(`GET /v1/users/${userId}`)).headers;
  const proposal = await asAda(`PUT /v1/users/${userId}/roles`, { ifMatch: etag, body: { roles } });
  expect((await approved(rt, proposal)).body.state).toBe('approved');
};

/** Who is to be told of what, in the order of it. */
const told = () =>
  ofType(received, userChangedByAdmin).flatMap(({ data }) =>
    data.adminIds.toSorted().map((adminId) => [data.action, adminId]),
  );
const both = (action: string) => [ada, alan].toSorted().map((id) => [action, id]);

test('R-AUTH-05 R-NOT-02 all admins are told of a staff account that is made, of its roles, its lock and its unlock', async () => {
  const userId = await make('executor');
  await giveRoles(userId, 'manager');
  await asAda(`POST /v1/users/${userId}/lock`, { body: { reason: 'phone stolen' } });
  await asAda(`POST /v1/users/${userId}/lock`, { body: { reason: 'again' } });
  await asAda(`POST /v1/users/${userId}/unlock`);
  expect(told()).toEqual(
    ['user.created', 'user.roles-changed', 'user.locked', 'user.unlocked'].flatMap(both),
  );
  expect(ofType(received, userChangedByAdmin).at(-1)?.data).toMatchObject({ userId, byId: ada, version: 4 });
});

test('R-AUTH-05 an admin who loses the role is told with the others, and a locked one is not written to', async () => {
  await giveRoles(alan, 'manager');
  expect(told()).toEqual(both('user.roles-changed'));
  await giveRoles(alan, 'admin');
  received.length = 0;
  await asAda(`POST /v1/users/${alan}/lock`, { body: { reason: 'left' } });
  expect(told()).toEqual([['user.locked', ada]]);
});

test('R-AUTH-05 of a new client nobody is told, and of a client’s lock all admins are', async () => {
  const { userId } = (await signInBy(rt, somePhone())).body.user;
  expect(told()).toEqual([]);
  await asAda(`POST /v1/users/${userId}/lock`, { body: { reason: 'abuse' } });
  expect(told()).toEqual(both('user.locked'));
});
