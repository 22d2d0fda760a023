import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecrets, deriveKey } from '../../../lib/platform/secrets/master-secret.ts';

const NAME = 'prod/rotadesk/master';
const MASTER = 'sixty-four characters made up by CloudFormation, or about so many';

/** Secrets Manager's protocol: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
let server: Server;
let asked: { target: unknown; body: { SecretId?: string } }[];
let answer: { status: number; body: object };
const former = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ target: request.headers['x-amz-target'], body: JSON.parse(body) });
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});
afterAll(async () => {
  process.env = former;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});
beforeEach(() => {
  asked = [];
  answer = { status: 200, body: { Name: NAME, SecretString: MASTER } };
});

test('the master secret is read by its name, once, however many keys are asked for at once', async () => {
  const secret = createSecrets({ MASTER_SECRET_NAME: NAME });
  const [code, token] = await Promise.all([secret('login-code'), secret('refresh-token')]);
  expect(await secret('login-code')).toBe(code);
  expect(code).toEqual(deriveKey(MASTER, 'login-code'));
  expect(token).toEqual(deriveKey(MASTER, 'refresh-token'));
  expect(asked).toEqual([{ target: 'secretsmanager.GetSecretValue', body: { SecretId: NAME } }]);
});

test('a refusal is no key, and the next use asks again', async () => {
  const secret = createSecrets({ MASTER_SECRET_NAME: NAME });
  answer = { status: 400, body: { __type: 'AccessDeniedException', message: 'not allowed' } };
  await expect(secret('login-code')).rejects.toThrow();
  answer = { status: 200, body: { Name: NAME, SecretString: MASTER } };
  expect(await secret('login-code')).toEqual(deriveKey(MASTER, 'login-code'));
});

test.each([{}, { SecretString: '' }, { SecretString: 'short' }])('%j is no master secret', async (body) => {
  answer = { status: 200, body };
  await expect(createSecrets({ MASTER_SECRET_NAME: NAME })('login-code')).rejects.toThrow(/32 characters/);
});
