import { staffCreated, userChanged } from '../../../lib/identity/events.ts';
import { makeFirstAdmin } from '../../../lib/identity/users/create-user.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { rightsLost } from '../../../lib/platform/auth/rights-lost.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { codeRequested } from '../../../lib/sms/events.ts';
import { approve, approved, madeId } from '../../support/approvals.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import {
  askForCode,
  codeOf,
  listenToCommits,
  refresh,
  signInBy,
  somePhone,
  tryCode,
} from '../../support/identity.ts';
import { newUser, ofType, type TestUser } from '../../support/staff.ts';

type Stack = TestRuntime['dynamo']['middlewareStack'];

let aws: TestAws;
let rt: TestRuntime;
let admin: TestUser;
let received: DomainEvent[];

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  admin = newUser(rt, 'admin');
  received = listenToCommits(rt);
});

const make = (more: object = {}) =>
  admin.call('POST /v1/users', {
    key: rt.ids.next('key'),
    body: { phone: somePhone(), name: 'Emma', roles: ['executor'], ...more },
  });
const makeAdmin = async (): Promise<string> => {
  const made = await make({ roles: ['admin'] });
  await approved(rt, made);
  return madeId(made, 'userId');
};
const audits = () => ofType(received, auditRecorded).map(({ data }) => data);
const lock = (userId: string) =>
  admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'phone stolen' } });

describe('accounts made by an admin', () => {
  test('R-AUTH-05 sign in by their phone in their roles, and are no new clients', async () => {
    const phone = somePhone();
    const made = await make({ phone, roles: ['manager', 'executor'] });
    expect([made.status, made.headers.etag, made.body]).toMatchObject([
      201,
      '"1"',
      { phone, name: 'Emma', roles: ['executor', 'manager'], locked: null },
    ]);
    const { body } = await signInBy(rt, phone);
    expect([body.newClient, body.user.userId, body.user.roles]).toEqual([
      false,
      made.body.userId,
      ['executor', 'manager'],
    ]);
    expect((await call(rt, 'GET /v1/limits', { token: body.accessToken })).status).toBe(200);
  });

  test('R-ADM-02 are audited and welcomed, without a whole phone in the log', async () => {
    const { body } = await make();
    expect(audits()).toMatchObject([
      {
        action: 'user.created',
        subject: `user/${body.userId}`,
        actor: { id: admin.id },
        details: { roles: ['executor'], name: 'Emma' },
      },
    ]);
    expect(JSON.stringify(audits())).not.toContain(body.phone);
    expect(ofType(received, staffCreated)[0]?.data).toEqual({
      userId: body.userId,
      phone: body.phone,
      name: 'Emma',
      locale: 'ru',
    });
  });

  test('R-AUTH-05 one identity per phone: of five made at once one is', async () => {
    const phone = somePhone();
    const answers = await Promise.all(Array.from({ length: 5 }, () => make({ phone })));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      201,
      'phone-taken',
      'phone-taken',
      'phone-taken',
      'phone-taken',
    ]);
  });

  test('a repeat with the same key gets the same account', async () => {
    const body = { phone: somePhone(), name: 'Emma', roles: ['executor'] };
    const [first, again] = [
      await admin.call('POST /v1/users', { key: 'k', body }),
      await admin.call('POST /v1/users', { key: 'k', body }),
    ];
    expect([again.status, again.body, again.headers.etag]).toEqual([201, first.body, '"1"']);
  });

  test.each([
    [{ phone: '8 495 123-45-67' }, 422, 'phone-not-mobile'],
    [{ roles: [] }, 400, 'invalid-request'],
    [{ roles: ['king'] }, 400, 'invalid-request'],
    [{ roles: ['admin', 'admin'] }, 400, 'invalid-request'],
  ])('R-AUTH-05 %j is refused', async (more, status, code) => {
    const answer = await make(more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('roles', () => {
  test('R-AUTH-05 are changed under their version, audited, and in force with the next access token', async () => {
    const phone = somePhone();
    const { user, refreshToken } = (await signInBy(rt, phone)).body;
    const { headers } = await admin.call(`GET /v1/users/${user.userId}`);
    const put = (ifMatch: string) =>
      admin.call(`PUT /v1/users/${user.userId}/roles`, { ifMatch, body: { roles: ['manager', 'client'] } });
    const changed = await put(headers.etag ?? '');
    expect([changed.status, changed.body.roles]).toEqual([200, ['client', 'manager']]);
    expect((await put(headers.etag ?? '')).body.code).toBe('stale');
    const again = await put(changed.headers.etag ?? '');
    expect([again.status, again.body.version]).toEqual([200, changed.body.version]);
    expect(audits()).toMatchObject([
      { action: 'user.roles-changed', details: { from: ['client'], to: ['client', 'manager'] } },
    ]);
    const { accessToken: token } = (await refresh(rt, refreshToken)).body;
    expect((await call(rt, 'GET /v1/board', { token })).status).toBe(200);
  });

  test('R-AUTH-05 the last admin keeps the role, however many try to take it at once', async () => {
    const admins = [await makeAdmin(), await makeAdmin(), await makeAdmin()];
    const proposals = await Promise.all(
      admins.map((userId) =>
        admin.call(`PUT /v1/users/${userId}/roles`, { ifMatch: '"1"', body: { roles: ['client'] } }),
      ),
    );
    const other = newUser(rt, 'admin');
    const answers = await Promise.all(proposals.map(({ body }) => approve(other, body)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      200,
      200,
      'proposal-outdated',
    ]);
    const left = await admin.call('GET /v1/users?role=admin');
    expect(left.body.items).toHaveLength(1);
    const locked = await lock(left.body.items[0].userId);
    expect([locked.status, locked.body.code]).toEqual([409, 'last-admin']);
  });

  test('R-AUTH-05 an admin who lost the role or was locked acts no more, though their token lives on', async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const token = await rt.token({ id: one, roles: ['admin'] });
    await lock(one);
    const unlock = await call(rt, `POST /v1/users/${one}/unlock`, { token });
    const key = await call(rt, 'POST /v1/api-keys', {
      token,
      key: 'k',
      body: { name: 'x', scopes: ['sms:read'], entityIds: ['own'], categories: ['debt'] },
    });
    const more = await call(rt, `POST /v1/users/${other}/lock`, { token, body: { reason: 'x' } });
    expect([unlock, key, more].map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

describe('a lock', () => {
  test('R-AUTH-05 ends all sessions, and an unlock does not bring them back', async () => {
    const phone = somePhone();
    const sessions = [(await signInBy(rt, phone)).body, (await signInBy(rt, phone)).body];
    const { userId } = sessions[0].user;
    const locked = await lock(userId);
    expect(locked.body.locked).toMatchObject({ by: admin.id, reason: 'phone stolen' });
    expect((await lock(userId)).body.version).toBe(locked.body.version);
    const refused = async () =>
      Promise.all(sessions.map(async ({ refreshToken }) => (await refresh(rt, refreshToken)).body.code));
    expect(await refused()).toEqual(['session-ended', 'session-ended']);
    const me = await call(rt, 'GET /v1/me', { token: sessions[0].accessToken });
    expect([me.status, me.body.code]).toEqual([401, 'session-ended']);
    const unlocked = await admin.call(`POST /v1/users/${userId}/unlock`);
    expect(unlocked.body.locked).toBeNull();
    expect(await refused()).toEqual(['session-ended', 'session-ended']);
    expect((await signInBy(rt, phone)).status).toBe(200);
    expect(audits().map(({ action }) => action)).toEqual(['user.locked', 'user.unlocked']);
    expect(ofType(received, userChanged).map(({ data }) => data.locked)).toEqual([false, true, false]);
    // An unlock takes nothing away.
    expect(ofType(received, rightsLost).map(({ data }) => data)).toEqual([
      { userId, roles: ['client'], locked: true },
    ]);
  });

  test('R-AUTH-05 between code and sign-in is told to whoever has the code', async () => {
    const phone = somePhone();
    const { userId } = (await signInBy(rt, phone)).body.user;
    const { challengeId } = (await askForCode(rt, phone)).body;
    await lock(userId);
    const { status, body } = await tryCode(rt, challengeId, await codeOf(rt, challengeId));
    expect([status, body.code]).toEqual([403, 'account-locked']);
  });

  test('R-AUTH-01 known, unknown and locked phones get the same answer from the same work; the locked one no code', async () => {
    const [known, locked, unknown] = [somePhone(), somePhone(), somePhone()];
    await signInBy(rt, known);
    await lock((await signInBy(rt, locked)).body.user.userId);
    await askForCode(rt, somePhone(), '192.0.2.10'); // whatever is done only once is done
    rt.clock.move(1000);
    const work = async (phone: string) => {
      const asked: string[] = [];
      const stacks = [rt.dynamo.middlewareStack, rt.sqs.middlewareStack] as Pick<Stack, 'add'>[];
      for (const stack of stacks) {
        stack.add(
          (next, { commandName }) =>
            (args) => {
              asked.push(commandName ?? '');
              return next(args);
            },
          { step: 'initialize', name: 'count', override: true },
        );
      }
      const { status, body, headers } = await askForCode(rt, phone, '192.0.2.10');
      const { challengeId: _, ...rest } = body;
      return { status, rest, headers: Object.keys(headers).toSorted(), asked };
    };
    const events = ofType(received, codeRequested).length;
    const answers = [await work(unknown), await work(known), await work(locked)];
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    const phones = ofType(received, codeRequested)
      .slice(events)
      .map(({ data }) => data.phone);
    expect(phones).toEqual([unknown, known]);
    expect(audits().at(-1)).toMatchObject({ action: 'user.code-withheld', actor: { id: 'system' } });
  });
});

describe('the list', () => {
  test('R-AUTH-05 gives the accounts of a role, or all staff, over pages', async () => {
    const made = [];
    for (const roles of [['executor'], ['manager'], ['executor', 'manager'], ['worker'], ['client']]) {
      made.push((await make({ roles })).body.userId);
    }
    const [ex, ma, both, wo, cl] = made;
    const ids = async (query: string) => {
      const found: string[] = [];
      let cursor = '';
      do {
        const { body } = await admin.call(`GET /v1/users?limit=2${query}${cursor && `&cursor=${cursor}`}`);
        found.push(...body.items.map(({ userId }: { userId: string }) => userId));
        cursor = body.nextCursor;
      } while (cursor);
      return found;
    };
    expect(await ids('')).toEqual([wo, both, ma, ex]);
    expect(await ids('&role=executor')).toEqual([both, ex]);
    expect(await ids('&role=client')).toEqual([cl]);
    const page = await admin.call('GET /v1/users?limit=1');
    const foreign = await admin.call(`GET /v1/users?role=manager&cursor=${page.body.nextCursor}`);
    expect([foreign.status, foreign.body.code]).toEqual([400, 'invalid-cursor']);
  });

  test('R-AUTH-05 finds the account of a phone in any notation', async () => {
    const { body } = await make();
    const found = async (phone: string) =>
      (await admin.call(`GET /v1/users?phone=${phone}`)).body.items.map(
        ({ userId }: { userId: string }) => userId,
      );
    expect(await found(encodeURIComponent(body.phone))).toEqual([body.userId]);
    expect(await found(body.phone)).toEqual([body.userId]);
    expect(await found(`8${body.phone.slice(2)}`)).toEqual([body.userId]);
    expect(await found(encodeURIComponent(somePhone()))).toEqual([]);
    expect((await admin.call('GET /v1/users?phone=112')).body.code).toBe('phone-invalid');
  });

  test('R-AUTH-04 an account that does not exist is not found', async () => {
    const { status, body } = await admin.call(`GET /v1/users/${rt.ids.next('usr')}`);
    expect([status, body.code]).toEqual([404, 'user-not-found']);
  });
});

describe('the first admin', () => {
  const person1 = () => ({ phone: somePhone(), name: 'Ada' });

  test('R-AUTH-05 is made once, however many commands run at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => makeFirstAdmin(rt, person1())));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(makeFirstAdmin(rt, person1())).rejects.toMatchObject({ code: 'admin-exists' });
    expect(audits()).toMatchObject([{ action: 'user.made-first-admin', actor: { id: 'system' } }]);
  });

  test('R-AUTH-05 may have signed in before as a client', async () => {
    const phone = somePhone();
    const { user } = (await signInBy(rt, phone)).body;
    const made = await makeFirstAdmin(rt, { phone, name: 'Ada' });
    expect([made.id, made.roles]).toEqual([user.userId, ['client', 'admin']]);
    const { accessToken: token } = (await signInBy(rt, phone)).body;
    expect((await call(rt, 'GET /v1/users', { token })).status).toBe(200);
  });

  test('R-AUTH-05 is not made while there is another', async () => {
    await make({ roles: ['admin'] });
    await expect(makeFirstAdmin(rt, person1())).rejects.toMatchObject({ code: 'admin-exists' });
  });
});
