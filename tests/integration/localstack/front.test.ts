import { Readable } from 'node:stream';
import { consoleFile } from '../../../localstack/front/console-files.ts';
import { type Front, openFront } from '../../../localstack/front/front.ts';
import { freePort } from '../../../localstack/ports.ts';
import { httpAsk, overSocket } from '../../support/localstack/http-client.ts';
import { startUpstream, type Upstream } from '../../support/localstack/upstream.ts';

const BUCKET = 'http://127.0.0.1:4566';
const file = (path: string, text: string) => [path, consoleFile(path, Buffer.from(text))] as const;
const files = new Map([
  file('/index.html', '<!doctype html><title>Rotadesk</title>'),
  file('/assets/main-3f9c.js', 'export {};'),
  file('/icon.svg', '<svg/>'),
]);

let upstream: Upstream;
let front: Front;
let port = 0;
beforeAll(async () => {
  upstream = await startUpstream();
  front = await openFront({ port: 0, files, bucket: BUCKET });
  front.forwardTo({ http: upstream.port, websocket: upstream.port });
  port = Number(new URL(front.url).port);
});
afterAll(async () => {
  await front.stop();
  await upstream.stop();
});

const ask = (target: string, asked = {}) => httpAsk(port, target, asked);
const fieldsOf = (raw: readonly string[] = [], name: string): string[] =>
  raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name);
const lastFields = (name: string) => fieldsOf(upstream.received.at(-1)?.rawHeaders, name);
const navigation = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };

describe('the console', () => {
  test('comes with the whole policy, and without HSTS on http', async () => {
    const { status, headers, bytes } = await ask('/');
    expect({ status, text: bytes.toString() }).toEqual({
      status: 200,
      text: '<!doctype html><title>Rotadesk</title>',
    });
    expect(headers).toMatchObject({
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: ${BUCKET}; connect-src 'self' ws://127.0.0.1:${port} ${BUCKET}; font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test('lets files with a hash be kept for ever, and answers 304 to who has them', async () => {
    const { headers } = await ask('/assets/main-3f9c.js?x=1');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const again = await ask('/assets/main-3f9c.js', { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect((await ask('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('has its page at every address that a browser goes to, HEAD without content', async () => {
    const page = await ask('/tickets/tkt_1?tab=why', { headers: navigation });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const old = await ask('/tickets', { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect(old.status).toBe(200);
    const head = await ask('/', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.bytes.length]).toEqual([200, '38', 0]);
  });

  test.each([
    ['a script that is gone', '/assets/main-old.js', navigation],
    ['data', '/tickets', { 'sec-fetch-mode': 'cors', accept: 'text/html' }],
    ['anything', '/tickets', { accept: '*/*' }],
  ])('has no page for %s', async (_, target, headers) => {
    const { status, headers: got, bytes } = await ask(target, { headers });
    expect([status, got['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(bytes.toString())).toMatchObject({ code: 'route-not-found', status: 404 });
  });

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/..\\..\\package.json',
    '//etc/passwd.txt',
    '/assets/%00.js',
    '/%E0%A4%A.js',
  ])('gives out nothing at %s', async (target) => {
    const { status, bytes } = await ask(target, { headers: navigation });
    expect([status, JSON.parse(bytes.toString()).code]).toEqual([404, 'route-not-found']);
  });

  test('is read by GET and HEAD alone', async () => {
    const { status, headers } = await ask('/', { method: 'POST' });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    ['another name for this machine', { host: 'evil.example' }, 421, 'unknown-host'],
    ['a page of another origin', { origin: 'https://evil.example' }, 403, 'foreign-origin'],
  ])('refuses %s', async (_, headers, status, code) => {
    const got = await ask('/', { headers });
    expect([got.status, JSON.parse(got.bytes.toString()).code]).toEqual([status, code]);
  });

  test('sends pages of localhost on to the address that sessions belong to', async () => {
    const odd = await ask('//evil.example/x', { headers: { ...navigation, host: `localhost:${port}` } });
    expect(odd.headers.location).toBe(`${front.url}//evil.example/x`);
    const page = await ask('/tickets?x=1', { headers: { ...navigation, host: `localhost:${port}` } });
    expect([page.status, page.headers.location]).toEqual([307, `${front.url}/tickets?x=1`]);
  });
});

describe('the API', () => {
  test('gets method, path, query and fields as they came, and so does its caller', async () => {
    const got = await ask('/v1/a%2fb/..%2f?x=1&x=%41', {
      method: 'PUT',
      headers: {
        'if-match': '"3"',
        'X-Twice': ['1', '2'],
        te: 'trailers',
        connection: 'x-mine',
        'x-mine': '1',
      },
      body: Buffer.from('hello'),
    });
    expect(upstream.received.at(-1)).toMatchObject({ method: 'PUT', url: '/v1/a%2fb/..%2f?x=1&x=%41' });
    expect([lastFields('x-twice'), lastFields('if-match'), lastFields('host')]).toEqual([
      ['1', '2'],
      ['"3"'],
      [`127.0.0.1:${port}`],
    ]);
    expect([lastFields('te'), lastFields('x-mine')]).toEqual([[], []]);
    expect([got.status, got.bytes.toString()]).toEqual([201, 'hello']);
    expect(got.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-request-id': 'of-upstream' });
    expect(got.headers['content-security-policy']).toBeUndefined();
  });

  test('is called from the address that its caller has, whatever X-Forwarded-For says', async () => {
    await ask('/.well-known/jwks.json', {
      localAddress: '127.0.0.7',
      headers: { 'x-forwarded-for': '9.9.9.9' },
    });
    expect(upstream.received.at(-1)?.from).toBe('127.0.0.7');
  });

  test('gets our cookie alone, without quotes', async () => {
    const own = `refresh-${port}=rdr_1`;
    await ask('/v1/me', { headers: { cookie: `session="a b"; ${own}; refresh-3000=x; theme=dark` } });
    expect(lastFields('cookie')).toEqual([own]);
    await ask('/v1/me', { headers: { cookie: `session="a b"; refresh-${port}="quoted"` } });
    expect(lastFields('cookie')).toEqual([]);
  });

  test('gets large bodies piece by piece', async () => {
    const piece = Buffer.alloc(256 * 1024, 'x');
    const pieces = Array.from({ length: 40 }, () => piece);
    const got = await ask('/v1/large', { method: 'POST', body: Readable.from(pieces) });
    expect(got.bytes.length).toBe(40 * piece.length);
    expect(lastFields('transfer-encoding')).toEqual(['chunked']);
  });

  test('answers before a body has come whole', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024);
    const got = await ask('/v1/refuses', { method: 'POST', body });
    expect([got.status, got.bytes.toString()]).toEqual([413, '{"code":"body-too-large"}']);
  });

  test('breaks off an answer that broke off', async () => {
    await expect(ask('/v1/cut')).rejects.toThrow('aborted');
  });

  test('is served to those who offer HTTP/2 as well', async () => {
    const got = await ask('/v1/me', { headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' } });
    expect(got.status).toBe(201);
  });

  test('is told of as unreachable when nothing listens there', async () => {
    const alone = await openFront({ port: 0, files, bucket: BUCKET });
    const alonePort = Number(new URL(alone.url).port);
    const early = await httpAsk(alonePort, '/v1/me');
    alone.forwardTo({ http: await freePort(), websocket: await freePort() });
    const late = await httpAsk(alonePort, '/v1/messages', { method: 'POST', body: Buffer.alloc(100_000) });
    await alone.stop();
    for (const { status, headers, bytes } of [early, late]) {
      expect([status, headers['content-type'], headers['retry-after']]).toEqual([
        502,
        'application/problem+json',
        '1',
      ]);
      expect(JSON.parse(bytes.toString())).toMatchObject({ status: 502, code: 'functions-unreachable' });
    }
  });

  test.each(['/@connections/abc', '/v1/../@connections/abc', '/.well-known', '/%76%31/me'])(
    'has nothing at %s',
    async (target) => {
      const before = upstream.received.length;
      const { status } = await ask(target, { method: 'POST' });
      const passedOn = upstream.received.slice(before).map(({ url }) => url);
      expect([status, passedOn]).toEqual(target.startsWith('/v1') ? [201, [target]] : [405, []]);
    },
  );
});

describe('the WebSocket', () => {
  const handshake = (fields: Record<string, string>, target = '/v1/live?x=1') =>
    [
      `GET ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n');

  test('opens for our own page, and carries bytes both ways', async () => {
    const said = handshake({ origin: front.url, 'sec-websocket-protocol': 'good', cookie: 'a="1"' });
    const got = await overSocket(port, `${said}echo me`, 'echo me');
    expect(got).toMatch(
      /^HTTP\/1\.1 101 Switching Protocols\r\n.*sec-websocket-accept: yes.*\r\n\r\necho me$/is,
    );
    expect(upstream.received.at(-1)).toMatchObject({ method: 'GET', url: '/?x=1' });
    expect(lastFields('cookie')).toEqual([]);
  });

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }, '/v1/live', 403],
    ['a page of localhost', { origin: 'http://localhost:5173' }, '/v1/live', 403],
    ['another address', {}, '/v1/me', 404],
    ['the connections', {}, '/@connections/abc', 404],
  ])('is refused to %s', async (_, fields, target, status) => {
    const before = upstream.received.length;
    const got = await overSocket(port, handshake(fields, target));
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*application/problem\\+json`, 's'));
    expect(upstream.received).toHaveLength(before);
  });

  test('leaves no way to that port when its handshake was refused', async () => {
    const before = upstream.received.length;
    const second = `POST /@connections/abc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\n\r\n`;
    const got = await overSocket(port, handshake({ 'sec-websocket-protocol': 'bad' }) + second);
    expect(got).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n.*X-Why: ticket.*no$/s);
    expect(upstream.received).toHaveLength(before + 1);
  });
});
