import * as z from 'zod';
import { onHttp, type RawRequest } from '../../../lib/platform/http/on-http.ts';
import { MAX_BODY_BYTES } from '../../../lib/platform/http/request-body.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { type RequestOptions, request } from '../../support/platform/request.ts';

let seen: RawRequest | undefined;

const base = { summary: 'From outside', tag: 'hooks', access: 'public', rawBody: true } as const;

const hook = onHttp(
  {
    ...base,
    method: 'POST',
    path: '/v1/hooks/{hookId}',
    params: z.strictObject({ hookId: z.string() }),
    answers: { 200: { contentType: 'text/plain; charset=utf-8' } },
  },
  async ({ raw, params }) => {
    seen = raw;
    return { status: 200, body: `${params.hookId} OK` };
  },
);

const page = onHttp(
  {
    ...base,
    method: 'GET',
    path: '/v1/pages',
    query: z.strictObject({ lang: z.enum(['ru', 'en']) }),
    answers: { 200: { contentType: 'text/html; charset=utf-8' } },
  },
  async ({ raw, query }) => {
    seen = raw;
    const headers = { 'referrer-policy': 'no-referrer', 'cache-control': 'private' };
    return { status: 200, body: `<p lang=${query.lang}>`, headers };
  },
);

const send = async (line: string, options?: RequestOptions) =>
  request(await offlineRuntime(), [hook, page], line, options);

beforeEach(() => {
  seen = undefined;
});

const FORM = 'MessageStatus=delivered&To=%2B79161234567&Body=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+👋&a=1&a=2';

describe.each([
  ['as text', false],
  ['base64-encoded', true],
])('a raw request handed over %s', (_, base64) => {
  test('R-SMS-03 comes to the use case byte for byte, with its type, headers and query', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'X-Signature': 'abc',
    };
    const answer = await send('POST /v1/hooks/h1?a=1&a=2&b=%ZZ', { body: FORM, base64, headers });
    expect(answer).toMatchObject({ status: 200, body: 'h1 OK' });
    expect(seen?.bytes.equals(Buffer.from(FORM))).toBe(true);
    expect(seen?.text()).toBe(FORM);
    expect(seen?.contentType).toBe('application/x-www-form-urlencoded; charset=utf-8');
    expect([seen?.header('x-signature'), seen?.header('X-SIGNATURE'), seen?.header('x-other')]).toEqual([
      'abc',
      'abc',
      undefined,
    ]);
    expect(seen?.query).toBe('a=1&a=2&b=%ZZ');
  });

  test.each(['{"broken":', '', '<xml/>', 'x'.repeat(MAX_BODY_BYTES)])(
    'whatever it holds (%#)',
    async (body) => {
      const answer = await send('POST /v1/hooks/h1', { body, base64, headers: { 'content-type': 'x/y' } });
      expect([answer.status, seen?.text()]).toEqual([200, body]);
    },
  );

  test('but not beyond 64 KB', async () => {
    const answer = await send('POST /v1/hooks/h1', { body: 'x'.repeat(MAX_BODY_BYTES + 1), base64 });
    expect([answer.status, answer.body.code, seen]).toEqual([413, 'body-too-large', undefined]);
  });
});

test('bytes that are no text reach the use case unchanged', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0xd8, 0x80]);
  const rt = await offlineRuntime();
  await request(rt, [hook], 'POST /v1/hooks/h1', { bytes });
  expect(seen?.bytes.equals(bytes)).toBe(true);
});

test('a request without a body and without a type has an empty one of each', async () => {
  await send('POST /v1/hooks/h1');
  expect([seen?.bytes.length, seen?.text(), seen?.contentType]).toEqual([0, '', '']);
});

test('a query that is described is checked, raw or not', async () => {
  expect((await send('GET /v1/pages?lang=ru')).body).toBe('<p lang=ru>');
  expect((await send('GET /v1/pages?lang=xx')).status).toBe(400);
  expect((await send('GET /v1/pages?lang=ru&lang=en')).status).toBe(400);
});

test('a page is sent as it is, never kept by anybody unless it says so itself', async () => {
  const { headers } = await send('GET /v1/pages?lang=en');
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private',
    'referrer-policy': 'no-referrer',
  });
  const plain = await send('POST /v1/hooks/h1');
  expect(plain.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
});
