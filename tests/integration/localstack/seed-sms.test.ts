import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ask } from '../../../localstack/ask-as.ts';
import { seedSms } from '../../../localstack/seed-sms.ts';
import { account, approve } from '../../support/approvals.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let ada: TestUser;
let bob: TestUser;
let sandbox: Server;
let lines: string[];

/** Of a request to the sandbox nothing but that it arrived. */
const listening = async (): Promise<Server> => {
  const server = createServer((_request, response) => response.end('{}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
};

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  sandbox = await listening();
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await new Promise((done) => sandbox.close(done));
  await aws.stop();
});

const asking =
  (by: TestUser): Ask =>
  async (path, { method = 'GET', body, headers = {} } = {}) => {
    const given = headers as Record<string, string>;
    const key = given['idempotency-key'];
    const ifMatch = given['if-match'];
    const answer = await by.call(`${method} ${path}`, {
      ...(typeof body === 'string' && { body: JSON.parse(body) }),
      ...(key && { key }),
      ...(ifMatch && { ifMatch }),
    });
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const seeded = (path = ''): Promise<void> =>
  seedSms({ admin: asking(ada), manager: asking(newUser(rt, 'manager')) }, `${urlOf(sandbox)}${path}`);
const addresses = async (): Promise<string[]> => {
  const { items } = (await ada.call('GET /v1/sms-providers')).body;
  return items.map(({ baseUrl }: { baseUrl: string }) => baseUrl.slice(urlOf(sandbox).length)).toSorted();
};
const open = async () => (await bob.call('GET /v1/proposals/sms?state=proposed')).body.items;

test('R-AUTH-08 a start after the sandbox moved, with a second admin, proposes the move once, says so and goes on', async () => {
  ada = await account(rt, 'admin');
  await seeded();
  expect([await addresses(), lines]).toEqual([['/smsc', '/smsru', '/twilio'], []]);
  bob = await account(rt, 'admin');
  await seeded('/moved');
  await seeded('/moved');
  const proposals = await open();
  expect(proposals).toHaveLength(3);
  expect(lines).toHaveLength(6);
  expect(new Set(lines).size).toBe(3);
  for (const { proposalId } of proposals) expect(lines.join()).toContain(proposalId);
  expect(await addresses()).toEqual(['/smsc', '/smsru', '/twilio']);
  for (const proposal of proposals) expect((await approve(bob, proposal)).status).toBe(200);
  expect(await addresses()).toEqual(['/moved/smsc', '/moved/smsru', '/moved/twilio']);
});

test('R-AUTH-08 a first start in a store with two admins proposes each provider once, and uses what was approved', async () => {
  [ada, bob] = [await account(rt, 'admin'), await account(rt, 'admin')];
  await seeded();
  await seeded();
  expect([await addresses(), (await open()).length]).toEqual([[], 3]);
  for (const proposal of await open()) await approve(bob, proposal);
  await seeded();
  for (const proposal of await open()) await approve(bob, proposal);
  const { providers } = (await ada.call('GET /v1/legal-entities/own')).body;
  expect([await addresses(), providers.length]).toEqual([['/smsc', '/smsru', '/twilio'], 3]);
});
