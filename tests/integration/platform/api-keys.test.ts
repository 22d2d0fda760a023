import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  findApiKey,
  listApiKeys,
  type NewApiKey,
  newApiKey,
  revokeWrite,
  verifyApiKey,
} from '../../../lib/platform/auth/api-keys.ts';
import type { Scope } from '../../../lib/platform/caller.ts';
import { tableName } from '../../../lib/platform/config.ts';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { keyDraft } from '../../support/keys.ts';
import { request } from '../../support/platform/request.ts';

let aws: TestAws;
let rt: TestRuntime;
beforeAll(async () => {
  aws = await startAws();
});
beforeEach(async () => {
  rt = await testRuntime(aws);
});

const endpoints = [
  onHttp(
    {
      method: 'GET',
      path: '/v1/texts',
      summary: 'For a machine that reads, and for managers',
      tag: 't',
      access: ['manager', 'sms:read'],
      answers: { 200: { contentType: 'text/plain' } },
    },
    async ({ caller }) => ({ status: 200, body: `${caller.id} ${caller.roles} ${caller.scopes ?? '-'}` }),
  ),
];

const make = async (...scopes: Scope[]): Promise<NewApiKey> => {
  const key = newApiKey(rt, keyDraft(rt, scopes, { name: 'the shop', createdBy: 'usr_admin' }));
  await commit(rt, { writes: key.writes });
  return key;
};

const read = (token: string) => request(rt, endpoints, 'GET /v1/texts', { token });

describe('R-AUTH-05 a machine’s key', () => {
  test('opens what one of its scopes allows, and its caller has an id, no role, and its scopes', async () => {
    const { clear, record } = await make('sms:read', 'sms:send');
    expect(clear).toMatch(/^rdk_[0-9a-f-]{36}_[\w-]{43}$/);
    expect(await read(clear)).toMatchObject({ status: 200, body: `${record.id}  sms:read,sms:send` });
  });

  test('opens nothing that its scopes do not name', async () => {
    const { clear } = await make('sms:send', 'sms:webhooks');
    expect(await read(clear)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await read((await make()).clear)).toMatchObject({ status: 403 });
  });

  test('a user needs no scope, and a scope is no role', async () => {
    const token = await rt.token({ id: 'usr_m', roles: ['manager'] });
    expect(await read(token)).toMatchObject({ status: 200, body: 'usr_m manager -' });
    const boastful = await rt.token({ id: 'usr_c', roles: ['client'] }, { scopes: ['sms:read'] });
    expect((await read(boastful)).status).toBe(403);
    const sly = await rt.token({ id: 'usr_c', roles: ['sms:read' as 'client'] });
    expect((await read(sly)).status).toBe(403);
  });

  test('ends at once when it is revoked, and cannot be revoked twice', async () => {
    const { clear, record } = await make('sms:read');
    await commit(rt, { writes: [revokeWrite(rt, record.id)] });
    expect(await read(clear)).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
    expect((await findApiKey(rt, record.id))?.revokedAt).toBeDefined();
    await expect(commit(rt, { writes: [revokeWrite(rt, record.id)] })).rejects.toThrow();
    await expect(commit(rt, { writes: [revokeWrite(rt, rt.ids.next('key'))] })).rejects.toThrow();
  });

  test('that is unknown, mistyped, cut or mixed of two is answered like any wrong token', async () => {
    const [one, two] = [await make('sms:read'), await make('sms:read')];
    const secret = one.clear.slice(-43);
    const wrong = [
      one.clear.slice(0, -1),
      `${one.clear}A`,
      `${one.clear.slice(0, -1)}${one.clear.endsWith('A') ? 'B' : 'A'}`,
      `${two.clear.slice(0, -43)}${secret}`,
      `rdk_${rt.ids.next('key').slice(4)}_${secret}`,
      `rdk_${one.record.id}_${secret}`,
      `rdk_${one.record.hash}`,
      `RDK${one.clear.slice(3)}`,
      'rdk_',
      `rdk_${'x'.repeat(100_000)}`,
    ];
    for (const token of wrong) {
      const { status, body } = await read(token);
      const isKey = token.startsWith('rdk_');
      const isWhole = /^rdk_[0-9a-f-]{36}_[\w-]{43}$/.test(token);
      const code = isWhole ? 'token-invalid' : isKey ? 'malformed-key' : 'malformed-token';
      expect([token, status, body.code]).toEqual([token, 401, code]);
    }
  });

  test('stands nowhere in clear: the table keeps a hash', async () => {
    const { clear, record } = await make('sms:read');
    const { Item } = await rt.dynamo.send(
      new GetCommand({
        TableName: tableName(rt.env, 'identity'),
        Key: { pk: `APIKEY#${record.id}`, sk: 'KEY' },
      }),
    );
    expect(Item).toMatchObject({ name: 'the shop', createdBy: 'usr_admin', scopes: ['sms:read'] });
    expect(JSON.stringify(Item)).not.toContain(clear.slice(-43));
  });

  test('says when it was last used, to the hour and with one write an hour', async () => {
    const { clear, record } = await make('sms:read');
    const usedAt = async () =>
      (await listApiKeys(rt, { limit: 100 })).items.find(({ id }) => id === record.id)?.lastUsedAt;
    expect(await usedAt()).toBeUndefined();
    await verifyApiKey(rt, clear);
    const first = await usedAt();
    expect(first).toBe(new Date(rt.clock.nowMs()).toISOString());
    rt.clock.move(3_599_000);
    await verifyApiKey(rt, clear);
    expect(await usedAt()).toBe(first);
    rt.clock.move(2_000);
    await verifyApiKey(rt, clear);
    expect(await usedAt()).toBe(new Date(rt.clock.nowMs()).toISOString());
  });

  test('is let in though its use cannot be noted', async () => {
    const { clear } = await make('sms:read');
    const send = rt.dynamo.send.bind(rt.dynamo) as (command: object) => Promise<never>;
    const readOnly = {
      send: (command: { constructor: { name: string } }) =>
        command.constructor.name === 'UpdateCommand' ? Promise.reject(new Error('throttled')) : send(command),
    };
    const caller = await verifyApiKey({ ...rt, dynamo: readOnly as unknown as TestRuntime['dynamo'] }, clear);
    expect(caller.scopes).toEqual(['sms:read']);
  });
});

test('R-AUTH-05 keys are listed newest first, page by page, the revoked ones too', async () => {
  rt = await testRuntime(await startAws());
  const made: NewApiKey[] = [];
  for (let n = 0; n < 5; n += 1) {
    rt.clock.move(1000);
    made.push(await make('sms:read'));
  }
  await commit(rt, { writes: [revokeWrite(rt, (made[1] as NewApiKey).record.id)] });
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listApiKeys(rt, { limit: 2, after });
    ids.push(...page.items.map(({ id }) => id));
    after = page.after;
  } while (after !== undefined);
  expect(ids).toEqual(made.map(({ record }) => record.id).toReversed());
});
