import { ROLES } from '../../../lib/platform/caller.ts';
import { type RunningCentre, startSmsCentre } from '../../../localstack/sandboxes/sms/index.ts';
import {
  type Answer,
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { askForCode, somePhone } from '../../support/identity.ts';
import { providerBody } from '../../support/sms-sending/world.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

/**
 * Who decides where sign-in codes go could become anyone (R-AUTH-05). The thief has a server that looks like a provider, and tries
 * each way to have the codes sent there; then somebody asks for a code.
 */
let aws: TestAws;
let rt: TestRuntime;
let honest: RunningCentre;
let thief: RunningCentre;
let honestId: string;
let admin: TestUser;

beforeAll(async () => {
  [aws, honest, thief] = await Promise.all([startAws(), startSmsCentre(), startSmsCentre()]);
  rt = await testRuntime(aws);
  admin = newUser(rt, 'admin');
  const made = await admin.call('POST /v1/sms-providers', {
    key: 'p',
    body: providerBody(honest, 'smsc', { priority: 50 }),
  });
  honestId = made.body.providerId;
  await admin.call(`PUT /v1/legal-entities/own/providers/${honestId}`, { body: {} });
});
afterAll(async () => {
  await Promise.all([honest.stop(), thief.stop()]);
  await aws.stop();
});

const versionOf = async (path: string): Promise<string> =>
  (await admin.call(`GET ${path}`)).headers.etag ?? '';

/** Every way that leads there, each as one request. */
const attempts = async (who: TestUser): Promise<Answer[]> => {
  const provider = `/v1/sms-providers/${honestId}`;
  const added = await who.call('POST /v1/sms-providers', {
    key: rt.ids.next('key'),
    body: providerBody(thief, 'smsc', { priority: 0 }),
  });
  const theirs = added.body.providerId ?? honestId;
  const edit = async (path: string, body: object) =>
    who.call(`PATCH ${path}`, { ifMatch: await versionOf(path), body });
  return [
    added,
    await edit(provider, { baseUrl: thief.api('smsc') }),
    await edit(provider, { account: 'thief' }),
    await edit(provider, { secrets: { password: 'known to the thief' } }),
    await edit(provider, { disabled: true }),
    await who.call(`POST ${provider}/disable`),
    await who.call(`PUT /v1/legal-entities/own/providers/${theirs}`, { body: { sender: 'THIEF' } }),
    await who.call(`DELETE /v1/legal-entities/own/providers/${honestId}`),
    await edit('/v1/legal-entities/own', { senderName: 'THIEF' }),
    await who.call('POST /v1/legal-entities/own/deactivate', { body: {} }),
    await who.call('POST /v1/legal-entities/own/activate', { body: {} }),
  ];
};

const somebodySignsIn = async (): Promise<string> => {
  const phone = somePhone();
  expect((await askForCode(rt, phone)).status).toBe(202);
  await drain(rt);
  return phone;
};

const others = ROLES.filter((role) => role !== 'admin');

test.each([...others.map((role) => [role]), others])(
  'R-AUTH-05 R-SMS-04 %s and more cannot change where codes go: each try is 403, and the code goes the old way',
  async (...roles) => {
    const answers = await attempts(newUser(rt, ...roles));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    const phone = await somebodySignsIn();
    expect(honest.centre.inbox(phone)).toHaveLength(1);
    expect(thief.centre.inbox(phone)).toEqual([]);
  },
);

test('R-AUTH-05 neither can nobody, nor a machine’s key of any scope', async () => {
  const anonymous: TestUser = { id: '', call: (request, options) => call(rt, request, options) };
  for (const { status } of await attempts(anonymous)) expect(status).toBe(401);
});

test('R-SMS-04 an address that moves takes no secret with it, even for an admin', async () => {
  const path = `/v1/sms-providers/${honestId}`;
  const edit = async (body: object) => admin.call(`PATCH ${path}`, { ifMatch: await versionOf(path), body });
  for (const body of [
    { baseUrl: thief.api('smsc') },
    { account: 'another' },
    { baseUrl: thief.api('smsc'), secrets: { callbackSecret: 'new' } },
  ]) {
    const { status, body: problem } = await edit(body);
    expect([status, problem.code]).toEqual([422, 'sms-provider-secrets-needed']);
  }
  const before = thief.centre.inbox('+79160000000').length;
  expect((await edit({ name: 'Honest', baseUrl: honest.api('smsc'), ratePerSec: 90 })).status).toBe(200);
  expect(thief.centre.inbox('+79160000000')).toHaveLength(before);
});

describe.each([
  ['plain http', 'http://sms.firm.example'],
  ['a host of its own', 'https://sms.evil.example'],
  ['a host that ends like the company’s', 'https://smsc.ru.evil.example'],
  ['the metadata address', 'https://169.254.169.254'],
  ['a private address', 'https://10.0.0.1'],
  ['an inner name', 'https://db.internal'],
  ['another port', 'https://smsc.ru:22'],
])('R-SMS-04 a provider at %s', (_, baseUrl) => {
  test('is not added, nor moved there, by an admin either', async () => {
    const body = providerBody(honest, 'smsc', { baseUrl });
    const added = await admin.call('POST /v1/sms-providers', { key: rt.ids.next('key'), body });
    const path = `/v1/sms-providers/${honestId}`;
    const moved = await admin.call(`PATCH ${path}`, {
      ifMatch: await versionOf(path),
      body: { baseUrl, secrets: { password: 'anew' } },
    });
    const codes = [added, moved].map(({ status, body: problem }) => [status, problem.code]);
    expect(codes).toEqual([
      [422, 'sms-provider-address'],
      [422, 'sms-provider-address'],
    ]);
  });
});

test('R-SMS-04 a stage that is not the local run takes no address of this machine, and calls none it has on record', async () => {
  const deployed = await testRuntime(aws, { env: { OUTBOUND_LOOPBACK: '' } });
  const body = providerBody(honest, 'smsru');
  const added = await newUser(deployed, 'admin').call('POST /v1/sms-providers', { key: 'x', body });
  expect([added.status, added.body.code]).toEqual([422, 'sms-provider-address']);
  const phone = somePhone();
  await askForCode(deployed, phone);
  await drain(deployed);
  expect(honest.centre.inbox(phone)).toEqual([]);
});

test('R-SMS-04 an admin of a deployment adds a provider at the company’s own host, or at one of the deployment’s list', async () => {
  const deployed = await testRuntime(aws, {
    env: { OUTBOUND_LOOPBACK: '', PROVIDER_HOSTS: 'sms-proxy.firm.example:9443' },
  });
  const boss = newUser(deployed, 'admin');
  for (const baseUrl of [undefined, 'https://www2.smsc.ru', 'https://sms-proxy.firm.example:9443/smsc']) {
    const body = providerBody(honest, 'smsc', { baseUrl });
    expect((await boss.call('POST /v1/sms-providers', { key: deployed.ids.next('key'), body })).status).toBe(
      201,
    );
  }
});
