import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addProvider, aPhone, sandboxFor } from '../../support/sms-sending/world.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;
let manager: TestUser;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  manager = newUser(rt, 'manager');
  await addProvider(rt, sandbox, 'smsc');
});
afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});

test('R-SMS-01 a repeat gets the first answer, though the message was evaluated again before it left', async () => {
  const created = await manager.call('POST /v1/legal-entities', {
    key: 'entity',
    body: {
      name: 'Collect LLC',
      country: 'RU',
      windowForTransactional: true,
      limits: { transactional: { perDay: 9 } },
    },
  });
  const { entityId } = created.body;
  const [provider] = (await manager.call('GET /v1/sms-providers')).body.items;
  await manager.call(`PUT /v1/legal-entities/${entityId}/providers/${provider.providerId}`, { body: {} });
  const phone = aPhone();
  const post = (key: string) =>
    manager.call('POST /v1/sms', {
      key,
      body: {
        ...{ entityId, category: 'transactional', phone, zone: 'Europe/Moscow' },
        ...{ text: `Order ${key} is ready`, validitySec: 100_000 },
      },
    });
  const first = await post('one');
  await post('two'); // counted before the first one leaves: its last evaluation sees another count
  await drain(rt);
  const again = await post('one');
  expect(sandbox.centre.inbox(phone).length).toBeGreaterThan(0);
  expect(again.body).toEqual(first.body);
});
