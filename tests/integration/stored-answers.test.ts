import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { moduleDefinitions } from '../../infra/module-definitions.ts';
import { instant } from '../../lib/platform/clock.ts';
import { tableName } from '../../lib/platform/config.ts';
import { type Answer, startAws, type TestAws, type TestRuntime, testRuntime } from '../support/aws/index.ts';
import { operations } from '../support/bad-input/operations.ts';
import { addExecutor } from '../support/desk.ts';
import { secretsOf } from '../support/secrets-of.ts';
import { newUser, type TestUser, userOn } from '../support/staff.ts';
import { addAssigned } from '../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let boss: TestUser;

beforeAll(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  boss = newUser(rt, 'manager', 'admin');
});
afterAll(() => aws.stop());

/** How an endpoint is asked; the rest is the example of its own documentation. */
interface Ask {
  readonly who?: TestUser;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly ifMatch?: string;
}

const HOUR_MS = 3_600_000;

const onTicket = async (): Promise<Ask> => {
  const executor = await addExecutor(rt);
  const { id } = await addAssigned(rt, executor);
  return { who: userOn(rt, { ...boss, id: executor.id }, 'executor'), params: { ticketId: id } };
};

/** Those that their example alone does not bring to a first answer. */
const special: Readonly<Record<string, () => Ask | Promise<Ask>>> = {
  'POST /v1/messages': () => ({ who: newUser(rt, 'client') }),
  'POST /v1/tickets/{ticketId}/notes': onTicket,
  'POST /v1/tickets/{ticketId}/replies': onTicket,
  'POST /v1/replays': () => ({
    body: { from: instant(rt.clock.nowMs() - HOUR_MS), to: instant(rt.clock.nowMs()) },
  }),
  'POST /v1/notification-templates/{template}/versions': () => ({
    params: { template: 'reply-waiting' },
    ifMatch: '"0"',
  }),
  'POST /v1/law-presets/{code}/versions': () => ({ params: { code: 'RU-TEST' } }),
};

/** By the document alone: whatever asks for a key. */
const creating = operations
  .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key'))
  .map((operation) => ({ ...operation, name: `${operation.method.toUpperCase()} ${operation.path}` }));

const recordOf = async (who: TestUser, key: string) => {
  const pk = `IDEMPOTENCY#${who.id}#${key}`;
  const Key = { pk, sk: 'IDEMPOTENCY' };
  return (await rt.dynamo.send(new GetCommand({ TableName: tableName(rt.env, 'platform'), Key }))).Item;
};

/** Everything in all tables, as one text. */
const everythingStored = async (): Promise<string> => {
  const texts: string[] = [];
  for (const { table } of await moduleDefinitions()) {
    if (table === undefined) continue;
    const pages = paginateScan({ client: rt.dynamo }, { TableName: tableName(rt.env, table) });
    for await (const { Items } of pages) texts.push(JSON.stringify(Items));
  }
  return texts.join('\n');
};

interface Twice {
  readonly who: TestUser;
  readonly key: string;
  readonly first: Answer;
  readonly again: Answer;
}

const askTwice = async ({ name, path, requestBody }: (typeof creating)[number]): Promise<Twice> => {
  const { who = boss, params = {}, body, ifMatch } = (await special[name]?.()) ?? {};
  const target = path.replaceAll(/\{(\w+)\}/g, (_, each: string) => params[each] ?? each);
  const example = requestBody?.content['application/json']?.example;
  const key = rt.ids.next('key');
  const options = { key, body: Object.assign({}, example, body), ...(ifMatch && { ifMatch }) };
  const first = await who.call(`POST ${target}`, options);
  return { who, key, first, again: await who.call(`POST ${target}`, options) };
};

/** Where a repeat's answer is another: what is given once, and a form that runs from when it was asked for. */
const renewed: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/api-keys': ['key'],
  'POST /v1/uploads': ['fields', 'expiresAt'],
};

const without = (body: object, fields: readonly string[] = []): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)));

const asked = new Map<string, Twice>();
let everything: string;

beforeAll(async () => {
  for (const each of creating) asked.set(each.name, await askTwice(each));
  everything = await everythingStored();
});

const answersOf = (name: string): Twice => {
  const answers = asked.get(name);
  if (!answers) throw new Error(`${name} was not asked`);
  return answers;
};

test.each(creating.map(({ name }) => name))(
  'R-AUTH-04 %s stores no secret of its first answer, and a repeat is answered alike',
  async (name) => {
    const { who, key, first, again } = answersOf(name);
    expect([200, 201, 202]).toContain(first.status);
    const record = await recordOf(who, key);
    const stored = `${JSON.stringify(record ?? {})}\n${everything}`;
    expect(secretsOf(first.body).filter((secret) => stored.includes(secret))).toEqual([]);
    expect(again.status).toBe(first.status);
    expect(again.headers['idempotent-replay'] ?? 'own').toBe(record ? 'true' : 'own');
    expect(without(again.body, renewed[name])).toEqual(without(first.body, renewed[name]));
  },
);

test('R-AUTH-04 what reads like a secret is found in exactly the answers that hold one', () => {
  const telling = creating.filter(({ name }) => secretsOf(answersOf(name).first.body).length > 0);
  expect(telling.map(({ name }) => name).toSorted()).toEqual([
    'POST /v1/api-keys',
    'POST /v1/sms-providers',
    'POST /v1/uploads',
    'POST /v1/webhooks',
  ]);
});

describe('a repeat', () => {
  const post = (path: string, options: { key: string; body: object }) => boss.call(`POST ${path}`, options);

  test('R-FILE-01 gets a whole form for the same upload, of 15 minutes from now', async () => {
    const body = { fileName: 'leak.jpg', contentType: 'image/jpeg', sizeBytes: 1000 };
    const [key, other] = [rt.ids.next('key'), rt.ids.next('key')];
    const first = await post('/v1/uploads', { key, body });
    rt.clock.move(HOUR_MS);
    const again = await post('/v1/uploads', { key, body });
    expect(again.body).toMatchObject({ uploadId: first.body.uploadId, url: first.body.url });
    expect(Object.keys(again.body.fields)).toEqual(Object.keys(first.body.fields));
    expect(again.body.fields.key).toBe(first.body.fields.key);
    expect(again.body.expiresAt).toBe(instant(rt.clock.nowMs() + HOUR_MS / 4));
    expect((await post('/v1/uploads', { key: other, body })).body.uploadId).not.toBe(first.body.uploadId);
  });

  test('R-AUTH-04 never gets a key of a machine again', async () => {
    const body = { name: 'Billing', scopes: ['sms:read'], entityIds: ['own'], categories: ['debt'] };
    const key = rt.ids.next('key');
    const [first, again] = [
      await post('/v1/api-keys', { key, body }),
      await post('/v1/api-keys', { key, body }),
    ];
    expect(first.body.key).toMatch(/^rdk_/);
    expect(again.body).toEqual({ ...first.body, key: null });
  });
});
