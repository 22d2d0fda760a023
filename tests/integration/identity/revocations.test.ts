import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { REVOCATIONS } from '../../../lib/platform/auth/revocation-list.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { tableName } from '../../../lib/platform/config.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';
import { putRevocations } from '../../support/revocations.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

/** One endpoint of each module that has any for people, which this person may call while they are a manager. */
const ENDPOINTS = [
  'GET /v1/me',
  'GET /v1/board',
  'GET /v1/legal-entities',
  'GET /v1/audit',
  'GET /v1/notification-templates',
];
const WITHIN_MS = 60_000;

let aws: TestAws;
let rt: TestRuntime;
let admin: TestUser;

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(async () => {
  rt = await testRuntime(aws);
  admin = newUser(rt, 'admin');
});

/** A process of its own for each module, warm already, on the same clock. */
const warm = async (token: string) => {
  const processes = await Promise.all(ENDPOINTS.map(() => testRuntime(aws, { clock: rt.clock })));
  const ask = () =>
    Promise.all(
      ENDPOINTS.map(async (endpoint, n) => {
        const { status, body } = await call(processes[n] as TestRuntime, endpoint, { token });
        return status === 200 ? 200 : body.code;
      }),
    );
  return { processes, ask };
};

const everywhere = (answer: unknown) => ENDPOINTS.map(() => answer);

const hire = async (...roles: string[]) => {
  const phone = somePhone();
  const { body } = await admin.call('POST /v1/users', {
    key: rt.ids.next('key'),
    body: { phone, name: 'Mara', roles },
  });
  const signedIn = (await signInBy(rt, phone)).body;
  return { userId: body.userId as string, phone, ...signedIn };
};

const putRoles = async (userId: string, ...roles: string[]) => {
  const { headers } = await admin.call(`GET /v1/users/${userId}`);
  return admin.call(`PUT /v1/users/${userId}/roles`, { ifMatch: headers.etag ?? '', body: { roles } });
};

/** Ten seconds at a time, in which every process has something to do. */
const passMinute = async (ask: () => Promise<unknown>) => {
  for (let passed = 0; passed < WITHIN_MS; passed += 10_000) {
    await ask();
    rt.clock.move(10_000);
  }
};

describe('within a minute, in every module', () => {
  test('R-AUTH-05 a lock bites', async () => {
    const { userId, accessToken } = await hire('manager');
    const { ask } = await warm(accessToken);
    expect(await ask()).toEqual(everywhere(200));
    await admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'left' } });
    await passMinute(ask);
    expect(await ask()).toEqual(everywhere('token-revoked'));
  });

  test('R-AUTH-05 a taken role bites, and the next access token has the rest of them', async () => {
    const { userId, accessToken, refreshToken } = await hire('manager', 'executor');
    const { ask } = await warm(accessToken);
    await ask();
    await putRoles(userId, 'executor');
    await passMinute(ask);
    expect(await ask()).toEqual(everywhere('token-revoked'));
    const next = (await refresh(rt, refreshToken)).body.accessToken;
    const after = await warm(next);
    expect(await after.ask()).toEqual([200, ...everywhere('forbidden').slice(1)]);
  });

  test('R-AUTH-05 the end of a session bites, and leaves the user’s other sessions alone', async () => {
    const { phone, accessToken, refreshToken } = await hire('manager');
    const other = (await signInBy(rt, phone)).body;
    const [ended, alive] = [await warm(accessToken), await warm(other.accessToken)];
    expect([await ended.ask(), await alive.ask()]).toEqual([everywhere(200), everywhere(200)]);
    await call(rt, 'POST /v1/sign-out', { body: { refreshToken } });
    await passMinute(ended.ask);
    expect([await ended.ask(), await alive.ask()]).toEqual([everywhere('token-revoked'), everywhere(200)]);
  });

  test('R-AUTH-05 a lock bites for a token of the deployment’s own issuer, as long as that lives', async () => {
    const { userId } = await hire('manager');
    const token = await rt.token(
      { id: userId, roles: ['manager'] },
      { exp: rt.clock.nowMs() / 1000 + 43_200 },
    );
    const { ask } = await warm(token);
    await ask();
    await admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'left' } });
    await passMinute(ask);
    for (let hour = 1; hour < 12; hour += 1) {
      expect((await ask()).filter((answer) => answer === 200)).toEqual([]);
      rt.clock.move(3_600_000);
    }
    // A process that has just begun reads the day, not the last minutes.
    expect((await (await warm(token)).ask()).filter((answer) => answer === 200)).toEqual([]);
  });
});

test('R-AUTH-05 tokens given in the very second of an unlock or of new roles count', async () => {
  const { userId, phone, refreshToken } = await hire('manager', 'executor');
  await putRoles(userId, 'manager');
  const { accessToken } = (await refresh(rt, refreshToken)).body;
  expect(await (await warm(accessToken)).ask()).toEqual(everywhere(200));
  await admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'mistaken' } });
  await admin.call(`POST /v1/users/${userId}/unlock`);
  expect(await (await warm((await signInBy(rt, phone)).body.accessToken)).ask()).toEqual(everywhere(200));
});

describe('what it costs', () => {
  /** Queries of a runtime, from now on, and the read units they took. */
  const countQueries = (of: TestRuntime) => {
    const counted = { queries: 0, units: 0 };
    of.dynamo.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const isQuery = commandName === 'QueryCommand';
          if (isQuery) Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
          const answer = await next(args);
          if (isQuery) {
            counted.queries += 1;
            const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
            counted.units += ConsumedCapacity?.CapacityUnits ?? 0;
          }
          return answer;
        },
      { step: 'initialize', name: 'countQueries', priority: 'high' },
    );
    return counted;
  };

  test('R-AUTH-05 a process with a request every five seconds reads 360 times an hour, one that has nothing to do never', async () => {
    const { accessToken } = await hire('manager');
    const busy = await testRuntime(aws, { clock: rt.clock });
    const counted = countQueries(busy);
    const token = await rt.token(
      { id: (await call(rt, 'GET /v1/me', { token: accessToken })).body.userId, roles: ['manager'] },
      { exp: rt.clock.nowMs() / 1000 + 7200 },
    );
    for (let second = 0; second < 3600; second += 5) {
      await busy.verifyToken(token);
      rt.clock.move(5000);
    }
    expect(counted.queries).toBe(360);
    expect(counted.units).toBeLessThanOrEqual(360);
  });

  test('R-AUTH-05 of 10 000 who lost access in a day, each is refused, and only what is new is read again', async () => {
    const ids = await putRevocations(rt, 10_000);
    rt.clock.move(1000);
    const fresh = await testRuntime(aws, { clock: rt.clock });
    const counted = countQueries(fresh);
    const tokenOf = (id: string) =>
      rt.token({ id, roles: ['manager'] }, { iat: rt.clock.nowMs() / 1000 - 82_000 });
    for (const id of [ids[0], ids[5000], ids[9999]]) {
      await expect(fresh.verifyToken(await tokenOf(id as string))).rejects.toMatchObject({
        code: 'token-revoked',
      });
    }
    expect((await fresh.verifyToken(await tokenOf(rt.ids.next('usr')))).roles).toEqual(['manager']);
    const first = { ...counted };
    rt.clock.move(90_000);
    await fresh.verifyToken(await tokenOf(rt.ids.next('usr')));
    expect(first.queries).toBeLessThanOrEqual(12);
    expect(counted.queries - first.queries).toBe(2);
    expect(counted.units - first.units).toBeLessThanOrEqual(2);
  });
});

describe('while the store is away', () => {
  const away = (of: TestRuntime) => {
    of.dynamo.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === 'QueryCommand')
            throw Object.assign(new Error('away'), { name: 'TimeoutError' });
          return next(args);
        },
      { step: 'initialize', name: 'away', priority: 'high' },
    );
  };

  test('R-AUTH-05 the last list is used until it is 45 seconds old; then nobody gets in', async () => {
    const { accessToken } = await hire('manager');
    const process = await testRuntime(aws, { clock: rt.clock });
    const ask = async () => {
      const { status, body } = await call(process, 'GET /v1/me', { token: accessToken });
      return [status, body.code];
    };
    expect(await ask()).toEqual([200, undefined]);
    away(process);
    rt.clock.move(44_999);
    expect(await ask()).toEqual([200, undefined]);
    rt.clock.move(1);
    expect(await ask()).toEqual([503, 'revocations-unavailable']);
  });
});

test('R-AUTH-05 a list with an entry that nobody understands lets nobody in', async () => {
  const { accessToken } = await hire('manager');
  const process = await testRuntime(aws, { clock: rt.clock });
  const ask = async () => (await call(process, 'GET /v1/me', { token: accessToken })).body.code;
  const TableName = tableName(rt.env, 'identity');
  const Key = { pk: REVOCATIONS, sk: `USER#${instant(rt.clock.nowMs())}#usr_somebody` };
  await rt.dynamo.send(new PutCommand({ TableName, Item: { ...Key, id: 'usr_somebody', at: 17 } }));
  const codes = [await ask(), await ask()];
  await rt.dynamo.send(new DeleteCommand({ TableName, Key }));
  expect(codes).toEqual(['revocations-unavailable', 'revocations-unavailable']);
  expect(await ask()).toBeUndefined();
});
