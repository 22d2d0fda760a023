import { handOff } from '../../../lib/sms/sending/hand-off.ts';
import type { RunningCentre } from '../../../localstack/sandboxes/sms/index.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { type AddedProvider, addProvider, queueSms, sandboxFor } from '../../support/sms-sending/world.ts';
import { newUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let sandbox: RunningCentre;
let smsru: AddedProvider;
/** Codes that were not sent, each with its cause. */
let counted: string[];

beforeAll(async () => {
  aws = await startAws();
  const quiet = await testRuntime(aws);
  const metric = (name: string, _: number, fields?: { why?: unknown }) => {
    if (name === 'CodesNotSent') counted.push(`${name} ${fields?.why}`);
  };
  const log = { ...quiet.log, metric, with: () => log };
  rt = { ...quiet, log };
  sandbox = await sandboxFor(rt);
  smsru = await addProvider(rt, sandbox, 'smsru');
});
afterAll(async () => {
  await sandbox.stop();
  await aws.stop();
});
beforeEach(() => {
  counted = [];
  sandbox.centre.reset();
});

const aCode = (more: object = {}) =>
  queueSms(rt, { category: 'otp', text: '{code}', more: { challengeId: 'chl_1', ...more } });

test('R-SMS-05 a code that every provider refuses is counted, once', async () => {
  sandbox.centre.control('smsru', { refuse: { code: '201' } });
  await handOff(rt, (await aCode()).id);
  await drain(rt);
  expect(counted).toEqual(['CodesNotSent refused']);
});

test('R-SMS-05 a code with no provider to go to is counted', async () => {
  await handOff(rt, (await aCode({ providerId: rt.ids.next('prv') })).id);
  expect(counted).toEqual(['CodesNotSent denied']);
});

test('R-SMS-05 a code that expired before it could leave is counted', async () => {
  const code = await aCode();
  rt.clock.move(3_600_000);
  await handOff(rt, code.id);
  expect(counted).toEqual(['CodesNotSent expired']);
});

test('R-SMS-05 a code that left, and a message that is no code, are not', async () => {
  await handOff(rt, (await aCode({ providerId: smsru.id })).id);
  await handOff(rt, (await queueSms(rt, { more: { providerId: rt.ids.next('prv') } })).id);
  expect(counted).toEqual([]);
});

test('R-AUTH-05 R-SMS-06 a manager cannot cancel a code on its way: an admin would be kept out', async () => {
  const { id } = await aCode({ providerId: smsru.id });
  const { status, body } = await newUser(rt, 'manager').call(`POST /v1/sms/${id}/cancel`);
  expect([status, body.code]).toEqual([422, 'otp-of-sign-in']);
  await handOff(rt, id);
  expect(counted).toEqual([]);
});
