import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, testRuntime } from '../../support/aws/index.ts';
import { addProvider, queueSms, sandboxFor } from '../../support/sms-sending/world.ts';
import { newUser } from '../../support/staff.ts';

/** The function that answers has so long. */
const FUNCTION_MS = 10_000;

let aws: TestAws;
let sandbox: RunningCentre;

afterAll(async () => {
  await sandbox?.stop();
  await aws?.stop();
});

test('R-SMS-03 whoever takes a message back is answered in time, though its provider is silent', async () => {
  aws = await startAws();
  const rt = await testRuntime(aws);
  sandbox = await sandboxFor(rt);
  await addProvider(rt, sandbox, 'smsc');
  const sms = await queueSms(rt);
  await drain(rt);
  const timeOut = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  const answer = await newUser(rt, 'manager').call(`POST /v1/sms/${sms.id}/cancel`);
  const waits = timeOut.mock.calls.map(([ms]) => ms);
  timeOut.mockRestore();
  expect(answer).toMatchObject({ status: 409, body: { code: 'sms-state' } });
  expect(waits).toHaveLength(1);
  expect(Math.max(...waits)).toBeLessThanOrEqual(FUNCTION_MS / 2);
});
