import * as z from 'zod';
import { AppError } from '../../../lib/platform/errors.ts';
import { type Endpoint, onHttp } from '../../../lib/platform/http/on-http.ts';
import { CommitConflict } from '../../../lib/platform/storage/write.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { type RequestOptions, request } from '../../support/platform/request.ts';

const SECRET = 'arn:aws:secret/of-the-house +79161234567';

const thing = onHttp(
  {
    method: 'PUT',
    path: '/v1/things/{thingId}',
    summary: 'Change a thing',
    tag: 'things',
    access: ['manager'],
    params: z.strictObject({ thingId: z.string().regex(/^[a-z ]+$/) }),
    query: z.strictObject({ mode: z.enum(['fast', 'slow']).optional() }),
    body: z.strictObject({
      size: z.int().max(9),
      lines: z.array(z.strictObject({ text: z.string() })).optional(),
    }),
    answers: { 200: z.object({ id: z.string(), size: z.number(), mode: z.string().optional() }), 204: null },
    ifMatch: 'optional',
  },
  async ({ params, body, query, ifMatch }) => {
    if (body.size === 0) return { status: 204 };
    const hidden = { cost: 12, size: body.size, ...(query.mode && { mode: query.mode }) };
    return { status: 200, body: { id: params.thingId, ...hidden }, etag: (ifMatch ?? 0) + 1 };
  },
);

const bare = onHttp(
  { method: 'POST', path: '/v1/bare', summary: '', tag: 't', access: ['manager'], answers: { 204: null } },
  async () => ({ status: 204 }),
);

const failing = (error: unknown): Endpoint =>
  onHttp(
    { method: 'GET', path: '/v1/fail', summary: '', tag: 't', access: ['manager'], answers: { 204: null } },
    async () => Promise.reject(error),
  );

const send = async (line: string, options: RequestOptions = {}, endpoints: Endpoint[] = [thing, bare]) => {
  const rt = await offlineRuntime();
  const token = await rt.token({ id: 'usr_m', roles: ['manager'] });
  return { rt, answer: await request(rt, endpoints, line, { token, ...options }) };
};

const put = (body: unknown, options: RequestOptions = {}) => send('PUT /v1/things/a', { body, ...options });

describe('a request', () => {
  test('is answered as declared, and what the schema does not name stays inside', async () => {
    const { answer } = await send('PUT /v1/things/a%20b?mode=fast', { body: { size: 3 } });
    expect(answer).toMatchObject({ status: 200, body: { id: 'a b', size: 3, mode: 'fast' } });
    expect(answer.body).not.toHaveProperty('cost');
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', etag: '"1"' });
  });

  test('answered without a body has neither body nor content type', async () => {
    const { answer } = await put({ size: 0 });
    expect([answer.status, answer.body, answer.headers['content-type']]).toEqual([204, '', undefined]);
  });

  test('is told everything that is wrong with it at once, field by field', async () => {
    const { answer } = await send('PUT /v1/things/A?mode=odd&x=1', {
      body: { size: 10, color: 'red', lines: [{ text: 'a' }, { text: 1, b: 2 }] },
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
    expect(answer.body.errors.map((each: { path: string }) => each.path).sort()).toEqual([
      'body.color',
      'body.lines.1.b',
      'body.lines.1.text',
      'body.size',
      'params.thingId',
      'query.mode',
      'query.x',
    ]);
  });

  test('without a body, where one is needed, is 400', async () => {
    const { answer } = await send('PUT /v1/things/a');
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, 'body']);
  });

  test.each([undefined, {}])('with body %j is fine where none is declared', async (body) => {
    expect((await send('POST /v1/bare', { body })).answer.status).toBe(204);
  });

  test('with fields where no body is declared is 400', async () => {
    expect((await send('POST /v1/bare', { body: { a: 1 } })).answer.status).toBe(400);
  });

  test('with a parameter given twice is 400', async () => {
    const { answer } = await send('PUT /v1/things/a?mode=fast&mode=slow', { body: { size: 1 } });
    expect(answer.body.errors).toEqual([{ path: 'query.mode', message: 'is given more than once' }]);
  });

  test('with a path that is no percent-encoding is 400', async () => {
    expect((await send('PUT /v1/things/%ZZ', { body: { size: 1 } })).answer.status).toBe(400);
  });

  test.each([
    ['"7"', 200, '"8"'],
    ['W/"7"', 200, '"8"'],
    [undefined, 200, '"1"'],
    ['*', 400, undefined],
    ['7', 400, undefined],
    ['"7", "8"', 400, undefined],
    ['"-1"', 400, undefined],
    ['"99999999999999999999"', 400, undefined],
  ])('with If-Match %s is answered %i', async (value, status, etag) => {
    const { answer } = await put({ size: 1 }, value === undefined ? {} : { headers: { 'if-match': value } });
    expect([answer.status, answer.headers.etag]).toEqual([status, etag]);
    if (status === 400) expect(answer.body.code).toBe('invalid-if-match');
  });

  test('without If-Match, where it is required, is 428', async () => {
    const strict = { ...thing, declaration: { ...thing.declaration, ifMatch: 'required' as const } };
    const { answer } = await send('PUT /v1/things/a', { body: { size: 1 } }, [strict]);
    expect([answer.status, answer.body.code]).toEqual([428, 'if-match-required']);
  });

  test('is named in the answer by the gateway’s id, and by the caller’s own when it has one', async () => {
    const plain = await put({ size: 1 });
    expect(plain.answer.headers).toMatchObject({
      'x-request-id': 'gateway-request-1',
      'x-correlation-id': 'gateway-request-1',
    });
    const named = await put({ size: 1 }, { headers: { 'x-correlation-id': 'order-17' } });
    expect(named.answer.headers['x-correlation-id']).toBe('order-17');
    const bad = await put({ size: 1 }, { headers: { 'x-correlation-id': 'a\n{"level":"fake"}' } });
    expect(bad.answer.headers['x-correlation-id']).toBe('gateway-request-1');
  });
});

describe('a thing that is read', () => {
  let shown = { id: 'a', waitsSec: 5 };
  const read = onHttp(
    {
      method: 'GET',
      path: '/v1/read',
      summary: '',
      tag: 't',
      access: ['manager'],
      answers: { 200: z.object({ id: z.string(), waitsSec: z.number() }) },
    },
    async () => ({ status: 200, body: shown, etag: 3 }),
  );
  const get = async (ifNoneMatch?: string) =>
    (
      await send(
        'GET /v1/read',
        ifNoneMatch === undefined ? {} : { headers: { 'if-none-match': ifNoneMatch } },
        [read],
      )
    ).answer;

  test('is sent once, and is 304 as long as it would be shown just so', async () => {
    const first = await get();
    const etag = String(first.headers.etag);
    for (const seen of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(seen);
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
      expect(again.headers['content-type']).toBeUndefined();
    }
    for (const other of ['"3"', '"4"', 'nonsense', '']) expect((await get(other)).status).toBe(200);
  });

  test('is sent again when what is no part of its version has changed', async () => {
    const { headers } = await get();
    shown = { id: 'a', waitsSec: 6 };
    expect((await get(String(headers.etag))).status).toBe(200);
  });

  test('gives an ETag that may be sent back as If-Match', async () => {
    const { headers } = await get();
    expect(headers.etag).toMatch(/^"3-[\w-]{11}"$/);
    const changed = await put({ size: 1 }, { headers: { 'if-match': String(headers.etag) } });
    expect(changed.answer.headers.etag).toBe('"4"');
  });
});

test('a thing that was made says where it stands, its name encoded', async () => {
  const make = onHttp(
    {
      method: 'POST',
      path: '/v1/made',
      summary: '',
      tag: 't',
      access: ['manager'],
      location: '/v1/things/{name}',
      answers: { 201: z.object({ name: z.string() }) },
    },
    async () => ({ status: 201, body: { name: 'a b/c' } }),
  );
  const { answer } = await send('POST /v1/made', {}, [make]);
  expect([answer.status, answer.headers.location]).toEqual([201, '/v1/things/a%20b%2Fc']);
});

describe('an error', () => {
  const fail = (error: unknown) => send('GET /v1/fail', {}, [failing(error)]);

  test.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['missing', 404],
    ['conflict', 409],
    ['stale', 412],
    ['unprocessable', 422],
    ['preconditionRequired', 428],
    ['limited', 429],
    ['unavailable', 503],
  ] as const)('of kind %s is %i', async (kind, status) => {
    const { answer } = await fail(new AppError(kind, 'some-code', 'Some detail.'));
    expect(answer).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'https://rotadesk.dev/problems/some-code',
        status,
        code: 'some-code',
        detail: 'Some detail.',
        instance: 'gateway-request-1',
      },
    });
  });

  test('that says when to come back sends Retry-After', async () => {
    const { answer } = await fail(new AppError('limited', 'too-many', 'Later.', { retryAfterSec: 30 }));
    expect(answer.headers['retry-after']).toBe('30');
  });

  test('nobody foresaw is 500, logged once with its cause, and tells the caller nothing but the request id', async () => {
    const { rt, answer } = await fail(new Error(SECRET, { cause: new TypeError('inner') }));
    expect([answer.status, answer.body.code, answer.body.instance]).toEqual([
      500,
      'internal',
      'gateway-request-1',
    ]);
    expect(JSON.stringify(answer)).not.toContain('secret');
    const errors = rt.lines.filter((line) => line.level === 'ERROR');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      requestId: 'gateway-request-1',
      error: { cause: { message: 'inner' } },
    });
  });

  test.each([undefined, null, 'text', 42])('that is no Error at all (%j) is 500 too', async (thrown) => {
    expect((await fail(thrown)).answer.status).toBe(500);
  });

  test.each([
    ['ProvisionedThroughputExceededException', {}],
    ['ThrottlingException', {}],
    ['Error', { code: 'ECONNRESET' }],
    ['InternalServerError', { $fault: 'server' }],
    ['TimeoutError', {}],
  ])('%s of AWS is 503 with Retry-After', async (name, more) => {
    const { answer } = await fail(Object.assign(new Error(SECRET), { name }, more));
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '1',
    ]);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('of a commit that somebody else got in before is 409', async () => {
    expect((await fail(new CommitConflict([{ index: 0, at: 'table/pk/sk' }]))).answer.body.code).toBe(
      'changed-meanwhile',
    );
  });

  test('of an answer that breaks its own description is 500 and says where in the log, without the value', async () => {
    const broken = { ...thing, run: async () => ({ status: 200, body: { id: 'a', size: SECRET } }) };
    const { rt, answer } = await send('PUT /v1/things/a', { body: { size: 1 } }, [broken]);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(rt.lines)).toContain('PUT /v1/things/{thingId} 200: size (invalid_type)');
    expect(JSON.stringify(rt.lines)).not.toContain('secret');
  });

  test('of a status nobody declared is 500', async () => {
    const broken = { ...thing, run: async () => ({ status: 202 }) };
    expect((await send('PUT /v1/things/a', { body: { size: 1 } }, [broken])).answer.status).toBe(500);
  });
});

test('the access line names route, status, caller and code, and never body, token or parameters', async () => {
  const { rt } = await send('PUT /v1/things/private?mode=nonsense', { body: { size: 'classified' } });
  expect(rt.lines).toHaveLength(1);
  expect(rt.lines[0]).toMatchObject({
    message: 'request',
    route: 'PUT /v1/things/{thingId}',
    status: 400,
    code: 'invalid-request',
    callerId: 'usr_m',
    requestId: 'gateway-request-1',
  });
  expect(JSON.stringify(rt.lines)).not.toMatch(/classified|nonsense|private|eyJ/);
});
