import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What a broken or slow function does must reach the caller as a problem, over a real socket. */
const FUNCTIONS = {
  echo: `async (event) => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(event) })`,
  hang: `() => new Promise(() => {})`,
  broken: `async () => { throw new Error('the inner secret') }`,
  odd: `async () => 'no answer at all'`,
  picture: `async () => ({ statusCode: 200, cookies: ['a=1'], isBase64Encoded: true, body: '/9j/' })`,
};

const directory = mkdtempSync(join(tmpdir(), 'rotadesk-http-api-'));
let child: ChildProcess;
let port = 0;
const api = () => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  mkdirSync(join(directory, 'functions'));
  for (const [name, handler] of Object.entries(FUNCTIONS))
    writeFileSync(join(directory, 'functions', `${name}.cjs`), `exports.handler = ${handler};`);
  const script = join(__dirname, '../../support/localstack/gateway-child.ts');
  child = spawn(process.execPath, [script, directory], { stdio: ['pipe', 'pipe', 'ignore'] });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the gateway did not start')));
  died.catch(() => {});
  const said = once(child.stdout as NodeJS.ReadableStream, 'data');
  port = Number(String((await Promise.race([said, died]))[0]));
});
afterAll(async () => {
  child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

const problemOf = async (answer: Response): Promise<Problem> => {
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).not.toMatch(/ at |\.cjs|<html|secret/i);
  const { status, code } = JSON.parse(text);
  expect(status).toBe(answer.status);
  return { status, code, text };
};

/** With header fields that fetch would not send. */
const ask = (method: string, path: string, headers: Record<string, string>): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('end', () => {
        const { statusCode = 0 } = reply;
        const body = statusCode === 204 ? null : Buffer.concat(chunks);
        const fields = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
        resolve(new Response(body, { status: statusCode, headers: fields as [string, string][] }));
      });
    });
    sent.once('error', reject).end();
  });

/** What comes back on a bare connection until it ends. */
const overSocket = async (bytes: string): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  socket.on('data', (chunk) => {
    received += String(chunk);
  });
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return received;
};

const post = (body: Buffer | string, contentType: string): Promise<Record<string, unknown>> =>
  fetch(`${api()}/any`, { method: 'POST', body, headers: { 'content-type': contentType } }).then(
    (answer) => answer.json() as Promise<Record<string, unknown>>,
  );

describe('a function gets', () => {
  test('text as text when it is UTF-8', async () => {
    const event = await post('{"a":"ü😀"}', 'application/json; charset=utf-8');
    expect(event).toMatchObject({ isBase64Encoded: false, body: '{"a":"ü😀"}' });
  });

  test.each([
    ['JSON that is not UTF-8', 'application/json', Buffer.from([0x22, 0xcf, 0xf0, 0x22])],
    ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=1')],
    ['bytes', 'application/octet-stream', Buffer.from([0, 255, 128, 10])],
  ])('%s base64-encoded, no byte of it changed', async (_, contentType, bytes) => {
    const event = await post(bytes, contentType);
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(String(event.body), 'base64')).toEqual(bytes);
  });

  test('path and query as they came, and an id of its own', async () => {
    const target = '/a%20b/c?x=1&x=2&y=%41';
    const read = async () => (await (await fetch(api() + target)).json()) as APIGatewayProxyEventV2;
    const [one, two] = [await read(), await read()];
    expect(one).toMatchObject({
      routeKey: '$default',
      rawPath: '/a%20b/c',
      rawQueryString: 'x=1&x=2&y=%41',
      queryStringParameters: { x: '1,2', y: 'A' },
      requestContext: { http: { method: 'GET', path: '/a%20b/c', sourceIp: '127.0.0.1' } },
    });
    expect(one.body).toBeUndefined();
    expect(one.requestContext.requestId).not.toBe(two.requestContext.requestId);
  });
});

test('bytes and cookies of an answer come through', async () => {
  const answer = await fetch(`${api()}/picture`);
  expect(answer.headers.getSetCookie()).toEqual(['a=1']);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
});

describe('a problem and nothing of the inside', () => {
  test.each([
    ['a function that takes too long', '/hang', 503, 'timed-out'],
    ['a function that throws', '/broken', 500, 'internal'],
    ['a function that answers in no known form', '/odd', 500, 'internal'],
  ])('%s', async (_, path, status, code) => {
    expect(await problemOf(await fetch(api() + path))).toMatchObject({ status, code });
  });

  test('a function that timed out serves the next caller', async () => {
    expect((await fetch(`${api()}/hang`)).status).toBe(503);
    expect((await fetch(`${api()}/echo`)).status).toBe(200);
  });

  test('a body that says it is too large, before it is sent', async () => {
    const [head, body] = (
      await overSocket('POST /any HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n')
    ).split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 413');
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'body-too-large' });
  });

  test('a body that turns out to be too large', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)),
    });
    const answer = await fetch(`${api()}/any`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  test.each([
    ['what is no HTTP', 'NONSENSE\r\n\r\n', '400', 'malformed-request'],
    ['a request without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400', 'malformed-request'],
    [
      'a request to a proxy',
      'GET http://e/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      '400',
      'malformed-request',
    ],
    [
      'a header that is too large',
      `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`,
      '431',
      'headers-too-large',
    ],
    [
      'half a body',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc',
      '408',
      'request-timeout',
    ],
    ['half a header', 'POST / HTTP/1.1\r\nHost: loc', '408', 'request-timeout'],
  ])('%s ends with a problem, and the connection with it', async (_, bytes, status, code) => {
    const [head, body] = (await overSocket(bytes)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status}`);
    expect(head?.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(body ?? '')).toMatchObject({ status: Number(status), code });
  });
});

describe('only this machine is answered', () => {
  test.each(['evil.example', `127.0.0.1.evil.example`, '192.168.1.4', 'localhost.evil.example'])(
    'not by the name %s, which may have been made to resolve to it',
    async (host) => {
      const answer = await ask('GET', '/echo', { host });
      expect(await problemOf(answer)).toMatchObject({ status: 421, code: 'unknown-host' });
    },
  );

  test.each(['127.0.0.1', 'localhost', '[::1]', 'desk.localhost'])('by the name %s', async (name) => {
    expect((await ask('GET', '/echo', { host: `${name}:${port}` })).status).toBe(200);
  });

  test.each(['GET', 'POST', 'DELETE', 'OPTIONS'])('a %s of a foreign page is refused', async (method) => {
    for (const origin of ['https://evil.example', 'null', 'https://console.example.evil.example']) {
      const headers = { host: `127.0.0.1:${port}`, origin, 'access-control-request-method': 'POST' };
      const answer = await ask(method, '/echo', headers);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'foreign-origin' });
    }
  });

  test('the console’s page may call, and is told what it may read', async () => {
    const headers = { host: `127.0.0.1:${port}`, origin: 'https://console.example' };
    const preflight = await ask('OPTIONS', '/echo', { ...headers, 'access-control-request-method': 'POST' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
    const answer = await ask('POST', '/broken', headers);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect(answer.headers.get('access-control-expose-headers')).toBe('etag');
  });

  test('a page of our own may send its form', async () => {
    const own = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` };
    expect((await ask('POST', '/echo', own)).status).toBe(200);
    const withoutReferrer = { ...own, origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await ask('POST', '/echo', withoutReferrer)).status).toBe(200);
  });
});
