import { actedAlone } from '../../../lib/platform/approvals/events.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { account, approve } from '../../support/approvals.ts';
import {
  type Answer,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { listenToCommits, somePhone } from '../../support/identity.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

const DAY_MS = 24 * 3600 * 1000;
let aws: TestAws;
let rt: TestRuntime;
let ada: TestUser | undefined;
let bob: TestUser | undefined;
let cem: TestUser | undefined;
let received: DomainEvent[];

const world = async (admins = 2): Promise<void> => {
  aws = await startAws();
  rt = await testRuntime(aws);
  ada = await account(rt, 'admin');
  bob = admins > 1 ? await account(rt, 'admin') : undefined;
  cem = admins > 2 ? await account(rt, 'admin') : undefined;
  received = listenToCommits(rt);
};
afterEach(() => aws.stop());

const the = (one: TestUser | undefined): TestUser => {
  if (!one) throw new Error('nobody');
  return one;
};
const outcome = ({ status, body }: Answer) => [status, body.code ?? body.state];
const putRoles = async (by: TestUser | undefined, userId: string, ...roles: string[]) => {
  const { headers } = await the(ada).call(`GET /v1/users/${userId}`);
  return the(by).call(`PUT /v1/users/${userId}/roles`, { ifMatch: headers.etag ?? '', body: { roles } });
};
const rolesOf = async (userId: string) => (await the(ada).call(`GET /v1/users/${userId}`)).body.roles;
const at = (proposal: Answer['body']) => `/v1/proposals/identity/${proposal.proposalId}`;
const audits = () => ofType(received, auditRecorded).map(({ data }) => data.action);

describe('roles of staff, where another admin is', () => {
  beforeEach(() => world());

  test('R-AUTH-08 are proposed with exactly what will be done, and given when another approves; both are audited', async () => {
    const emma = await account(rt, 'executor');
    received.length = 0;
    const made = await putRoles(ada, emma.id, 'manager');
    expect([made.status, made.headers.location]).toEqual([202, at(made.body)]);
    expect(made.body).toMatchObject({
      kind: 'user.roles-changed',
      subject: `user/${emma.id}`,
      inputs: { userId: emma.id, roles: ['manager'], ifMatch: 1 },
      proposerId: the(ada).id,
      state: 'proposed',
    });
    expect(await rolesOf(emma.id)).toEqual(['executor']);
    expect(outcome(await approve(the(bob), made.body))).toEqual([200, 'approved']);
    expect(await rolesOf(emma.id)).toEqual(['manager']);
    expect(audits()).toEqual(['proposal.made', 'user.roles-changed', 'proposal.approved']);
    const [, changed, last] = ofType(received, auditRecorded).map(({ data }) => data);
    expect([changed?.actor, last?.details]).toMatchObject([
      { id: the(bob).id },
      { proposedBy: the(ada).id, digest: made.body.digest },
    ]);
  });

  test('R-AUTH-08 are approved by nobody who proposed them or whom they are about, by no other role and by nobody unseen', async () => {
    const about = await putRoles(ada, the(bob).id, 'admin', 'manager');
    expect(outcome(await approve(the(ada), about.body))).toEqual([403, 'own-case']);
    expect(outcome(await approve(the(bob), about.body))).toEqual([403, 'own-case']);
    for (const role of ['manager', 'executor', 'client', 'quality', 'supplies', 'worker'] as const) {
      expect(outcome(await approve(newUser(rt, role), about.body))).toEqual([403, 'forbidden']);
    }
    const third = newUser(rt, 'admin');
    expect(outcome(await approve(third, { ...about.body, digest: 'A'.repeat(43) }))).toEqual([
      409,
      'digest-differs',
    ]);
    expect(await rolesOf(the(bob).id)).toEqual(['admin']);
    expect(outcome(await approve(third, about.body))).toEqual([200, 'approved']);
  });

  test('R-AUTH-08 an admin gives no roles by making an account, by themselves or for themselves', async () => {
    const body = { phone: somePhone(), name: 'Eve', roles: ['admin'] };
    const made = await the(ada).call('POST /v1/users', { key: 'eve', body });
    expect([made.status, made.body.kind]).toEqual([202, 'user.created']);
    const again = await the(ada).call('POST /v1/users', { key: 'eve', body });
    expect(again.body).toEqual(made.body);
    expect((await the(ada).call('GET /v1/users?role=admin')).body.items).toHaveLength(2);
    const own = await putRoles(ada, the(ada).id, 'admin', 'manager');
    expect(outcome(own)).toEqual([403, 'own-case']);
    await approve(the(bob), made.body);
    const { body: eve } = await the(ada).call(`GET /v1/users/${made.body.subject.split('/')[1]}`);
    expect(eve).toMatchObject({ name: 'Eve', roles: ['admin'] });
    const client = { ...body, phone: somePhone(), roles: ['client'] };
    expect((await the(ada).call('POST /v1/users', { key: 'c', body: client })).status).toBe(201);
  });

  test('R-AUTH-08 a proposal shows what its proposer proposed in the last thirty days, and waits once however often it is asked for', async () => {
    const [emma, otto] = [await account(rt, 'executor'), await account(rt, 'executor')];
    const old = await putRoles(ada, emma.id, 'manager');
    rt.clock.move(31 * DAY_MS);
    const first = await putRoles(ada, emma.id, 'quality');
    const again = await putRoles(ada, emma.id, 'quality');
    expect(again.body.proposalId).toBe(first.body.proposalId);
    const second = await putRoles(ada, otto.id, 'manager');
    await putRoles(bob, otto.id, 'supplies');
    const { body } = await the(bob).call(`GET ${at(second.body)}`);
    expect(body.recent.map((each: Answer['body']) => each.proposalId)).toEqual([first.body.proposalId]);
    const open = await the(bob).call('GET /v1/proposals/identity?state=proposed');
    expect(open.body.items).toHaveLength(3);
    const all = await the(bob).call('GET /v1/proposals/identity?limit=100');
    const known = all.body.items.find((each: Answer['body']) => each.proposalId === old.body.proposalId);
    expect(known.state).toBe('expired');
  });

  test('R-AUTH-08 what nobody approves in a week is over, for everybody who decides and in every list', async () => {
    const emma = await account(rt, 'executor');
    const { body } = await putRoles(ada, emma.id, 'manager');
    received.length = 0;
    rt.clock.move(7 * DAY_MS - 1);
    expect((await the(bob).call('GET /v1/proposals/identity?state=proposed')).body.items).toHaveLength(1);
    rt.clock.move(1);
    expect((await the(bob).call('GET /v1/proposals/identity?state=proposed')).body.items).toEqual([]);
    const reason = { body: { reason: 'Late' } };
    const late = [
      await approve(the(bob), body),
      await the(bob).call(`POST ${at(body)}/reject`, reason),
      await the(ada).call(`POST ${at(body)}/withdraw`, reason),
    ];
    expect(late.map(outcome)).toEqual(Array(3).fill([409, 'proposal-expired']));
    expect((await the(bob).call(`GET ${at(body)}`)).body).toMatchObject({
      state: 'expired',
      decidedBy: null,
    });
    expect([audits(), await rolesOf(emma.id)]).toEqual([[], ['executor']]);
  });

  test('R-AUTH-08 is rejected by another and taken back by its proposer; twice is once, and decided stays decided', async () => {
    const emma = await account(rt, 'executor');
    const one = (await putRoles(ada, emma.id, 'manager')).body;
    const reason = { body: { reason: 'Not now' } };
    expect(outcome(await the(ada).call(`POST ${at(one)}/reject`, reason))).toEqual([403, 'own-case']);
    expect(outcome(await the(bob).call(`POST ${at(one)}/withdraw`, { body: {} }))).toEqual([
      403,
      'not-the-proposer',
    ]);
    const first = await the(bob).call(`POST ${at(one)}/reject`, reason);
    const again = await the(bob).call(`POST ${at(one)}/reject`, reason);
    expect([first.body.state, first.body.decisionReason, again.body]).toEqual([
      'rejected',
      'Not now',
      first.body,
    ]);
    expect(outcome(await the(ada).call(`POST ${at(one)}/withdraw`, { body: {} }))).toEqual([
      409,
      'proposal-decided',
    ]);
    const two = (await putRoles(ada, emma.id, 'quality')).body;
    expect(outcome(await the(ada).call(`POST ${at(two)}/withdraw`, { body: {} }))).toEqual([
      200,
      'withdrawn',
    ]);
    expect(outcome(await approve(the(bob), two))).toEqual([409, 'proposal-decided']);
    expect(outcome(await approve(the(bob), { ...two, proposalId: rt.ids.next('prp') }))).toEqual([
      404,
      'proposal-not-found',
    ]);
    expect(await rolesOf(emma.id)).toEqual(['executor']);
  });

  test('R-AUTH-08 what changed meanwhile is not done as it was proposed, and the proposal stays open', async () => {
    const emma = await account(rt, 'executor');
    const [one, two] = [await putRoles(ada, emma.id, 'manager'), await putRoles(ada, emma.id, 'quality')];
    await approve(the(bob), one.body);
    expect(outcome(await approve(the(bob), two.body))).toEqual([409, 'proposal-outdated']);
    expect((await the(bob).call(`GET ${at(two.body)}`)).body.state).toBe('proposed');
    expect(await rolesOf(emma.id)).toEqual(['manager']);
  });
});

describe('many at once', () => {
  beforeEach(() => world(3));

  test('R-AUTH-08 approvals, rejections and a withdrawal of one proposal at once: exactly one outcome, and the roles follow it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const emma = await account(rt, 'executor');
      const { body } = await putRoles(ada, emma.id, 'manager');
      received.length = 0;
      const answers = await Promise.all([
        approve(the(bob), body),
        approve(the(cem), body),
        approve(the(bob), body),
        the(cem).call(`POST ${at(body)}/reject`, { body: { reason: 'No' } }),
        the(ada).call(`POST ${at(body)}/withdraw`, { body: {} }),
      ]);
      const { state, decidedBy } = (await the(bob).call(`GET ${at(body)}`)).body;
      const won = answers.filter(({ status }) => status === 200);
      expect(won.length).toBeGreaterThan(0);
      for (const { body: after } of won) expect([after.state, after.decidedBy]).toEqual([state, decidedBy]);
      const lost = answers.filter(({ status }) => status !== 200);
      expect(new Set(lost.map(({ body: problem }) => problem.code))).toEqual(new Set(['proposal-decided']));
      expect(await rolesOf(emma.id)).toEqual([state === 'approved' ? 'manager' : 'executor']);
      expect(audits().filter((action) => String(action).startsWith('proposal.'))).toEqual([
        `proposal.${state}`,
      ]);
    }
  });

  test('R-AUTH-08 a proposal of an admin who was locked or lost the role is approved by nobody', async () => {
    const emma = await account(rt, 'executor');
    const { body } = await putRoles(ada, emma.id, 'manager');
    await the(bob).call(`POST /v1/users/${the(ada).id}/lock`, { body: { reason: 'phone stolen' } });
    expect(outcome(await approve(the(cem), body))).toEqual([409, 'proposer-left']);
    const { roles } = (await the(bob).call(`GET /v1/users/${emma.id}`)).body;
    expect(roles).toEqual(['executor']);
  });
});

describe('the only admin', () => {
  beforeEach(() => world(1));
  const alone = () => ofType(received, actedAlone).map(({ data }) => data);

  test('R-AUTH-08 acts alone, and every manager is told', async () => {
    const emma = await account(rt, 'executor');
    received.length = 0;
    expect((await putRoles(ada, emma.id, 'manager')).status).toBe(200);
    expect(alone()).toEqual([
      { kind: 'user.roles-changed', subject: `user/${emma.id}`, byId: the(ada).id, role: 'admin' },
    ]);
  });

  test('R-AUTH-08 is not the only one by locking another, for a week; of many who act at once while one joins none is alone afterwards', async () => {
    const made = await the(ada).call('POST /v1/users', {
      key: 'bob',
      body: { phone: somePhone(), name: 'Bob', roles: ['admin'] },
    });
    expect(made.status).toBe(201);
    const emma = await account(rt, 'executor');
    await the(ada).call(`POST /v1/users/${made.body.userId}/lock`, { body: { reason: 'mine' } });
    expect((await putRoles(ada, emma.id, 'manager')).status).toBe(202);
    rt.clock.move(7 * DAY_MS);
    expect((await putRoles(ada, emma.id, 'manager')).status).toBe(200);
  });

  test('R-AUTH-08 who becomes an admin at the same moment is another: of two that make admins at once one proposes', async () => {
    const make = (n: number) =>
      the(ada).call('POST /v1/users', {
        key: `k${n}`,
        body: { phone: somePhone(), name: 'Bob', roles: ['admin'] },
      });
    const answers = await Promise.all([0, 1, 2, 3].map(make));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 202, 202, 202]);
  });
});
