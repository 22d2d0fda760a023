import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../../lib/platform/config.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
});

const body = { name: 'Night desk', timeZone: 'Europe/Berlin' };
const open = (who: TestUser, key: string, more: object = {}) =>
  who.call('POST /v1/desks', { key, body: { ...body, ...more } });

const deskCount = async (): Promise<number> => {
  const { body: page } = await manager.call('GET /v1/desks?limit=100');
  return page.items.length;
};

describe('a creating request under one key', () => {
  test('sent again makes nothing and gets the first answer, ETag and all', async () => {
    const first = await open(manager, 'k1');
    const count = await deskCount();
    const again = await open(manager, 'k1');
    expect([again.status, again.body, again.headers.etag]).toEqual([201, first.body, first.headers.etag]);
    expect(again.headers['idempotent-replay']).toBe('true');
    expect(await deskCount()).toBe(count);
  });

  test('sent five times at once makes one thing, and all five get its answer', async () => {
    const count = await deskCount();
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(manager, 'k2')));
    expect(new Set(answers.map(({ body: desk }) => desk.deskId)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await deskCount()).toBe(count + 1);
  });

  test('with another body is 422 and changes nothing', async () => {
    await open(manager, 'k3');
    const count = await deskCount();
    const other = await open(manager, 'k3', { name: 'Day desk' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await deskCount()).toBe(count);
  });

  test('is another caller’s own affair', async () => {
    const [first, second] = [await open(manager, 'k4'), await open(newUser(rt, 'manager'), 'k4')];
    expect(second.status).toBe(201);
    expect(second.body.deskId).not.toBe(first.body.deskId);
  });

  test('is remembered for seven days by the store’s own clock for rubbish', async () => {
    await open(manager, 'k5');
    const { Items = [] } = await rt.dynamo.send(
      new QueryCommand({
        TableName: tableName(rt.env, 'platform'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `IDEMPOTENCY#${manager.id}#k5` },
      }),
    );
    const weekSec = 7 * 24 * 3600;
    expect(Items.map((item) => item.expiresAtSec)).toEqual([Math.floor(rt.clock.nowMs() / 1000) + weekSec]);
  });
});
