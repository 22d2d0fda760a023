import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { buildDocument } from '../../../lib/platform/openapi/build-document.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { type OfflineRuntime, offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { request } from '../../support/platform/request.ts';

const apply = onHttp(
  {
    method: 'POST',
    path: '/v1/applications',
    summary: 'Apply',
    tag: 't',
    access: 'public',
    body: z.strictObject({ name: z.string() }),
    answers: { 201: z.object({ id: z.string() }) },
    idempotent: true,
  },
  async ({ rt, idempotency }) => {
    const body = { id: rt.ids.next('app') };
    await commit(rt, { writes: [], answer: { idempotency, stored: { status: 201, body } } });
    return { status: 201, body };
  },
);

const kept = () => new Map<string, { pk: string }>();
let items: Map<string, { pk: string }>;
let rt: OfflineRuntime;

beforeEach(async () => {
  items = kept();
  rt = await offlineRuntime({
    dynamo: ({ name, input }) => {
      if (name === 'Get') return { Item: items.get(input.Key.pk) };
      for (const { Put } of input.TransactItems) items.set(Put.Item.pk, Put.Item);
      return {};
    },
  });
});

const device = (): string => randomBytes(16).toString('base64url');

const post = (token: string | undefined, key = '1', name = 'Ada') =>
  request(rt, [apply], 'POST /v1/applications', {
    body: { name },
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(token !== undefined && { 'device-token': token }),
    },
  });

test('two strangers with one key and one body make two things, and neither sees the other’s answer', async () => {
  const [first, second] = [await post(device()), await post(device())];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.id).not.toBe(first.body.id);
  expect(second.headers['idempotent-replay']).toBeUndefined();
});

test('a stranger’s other body under another’s key is no error of theirs', async () => {
  await post(device(), '1', 'Ada');
  expect((await post(device(), '1', 'Bob')).status).toBe(201);
});

test('a device that repeats gets its first answer', async () => {
  const token = device();
  const [first, again] = [await post(token), await post(token)];
  expect([again.status, again.body, again.headers['idempotent-replay']]).toEqual([201, first.body, 'true']);
  expect((await post(token, '1', 'Bob')).body.code).toBe('idempotency-key-reused');
});

test('the device’s token is kept nowhere', async () => {
  const token = device();
  await post(token);
  expect(JSON.stringify([...items.values()])).not.toContain(token);
  expect(JSON.stringify(rt.lines)).not.toContain(token);
});

test.each([
  randomBytes(16).toString('hex'),
  randomBytes(16).toString('base64url'),
  randomBytes(96).toString('base64url'),
])('token %s holds 128 bits and is taken', async (token) => {
  expect((await post(token)).status).toBe(201);
});

test.each([
  [undefined, 'device-token-required'],
  ['', 'device-token-required'],
  ['1', 'malformed-device-token'],
  [randomUUID(), 'malformed-device-token'],
  [randomBytes(15).toString('hex'), 'malformed-device-token'],
  ['a'.repeat(43), 'malformed-device-token'],
  ['01'.repeat(20), 'malformed-device-token'],
  ['x'.repeat(129), 'malformed-device-token'],
  [`${randomBytes(16).toString('base64url')}#usr_ada`, 'malformed-device-token'],
])('token %s is refused as %s', async (token, code) => {
  const answer = await post(token);
  expect([answer.status, answer.body.code, items.size]).toEqual([400, code, 0]);
});

test('the description of a public endpoint asks for the token', () => {
  const info = { title: 'Test', version: '1', description: '' };
  const { parameters } = buildDocument([apply], info).paths['/v1/applications']?.post ?? {};
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'Device-Token', required: true }));
});
