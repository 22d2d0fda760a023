import * as z from 'zod';
import { httpHandler, onHttp } from '../../../lib/platform/http/on-http.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { httpEvent, lambdaContext } from '../../support/platform/request.ts';

let made: string[];
beforeEach(() => {
  made = [];
});

/** Tells when it makes its schema. */
const telling =
  <S>(name: string, schema: S) =>
  () => {
    made.push(name);
    return schema;
  };

const thing = () =>
  onHttp(
    {
      method: 'GET',
      path: '/v1/things/{thingId}',
      summary: 'Get a thing',
      tag: 'things',
      access: 'public',
      params: telling('params', z.strictObject({ thingId: z.string() })),
      query: telling('query', z.strictObject({ much: z.string().transform(Number) })),
      answers: {
        200: telling('200', z.object({ thingId: z.string(), much: z.number() })),
        202: telling('202', z.object({})),
      },
    },
    async ({ params, query }) => ({ status: 200, body: { ...params, ...query, secret: 1 } }),
  );

const other = () =>
  onHttp(
    {
      method: 'GET',
      path: '/v1/others',
      summary: 'Others',
      tag: 'things',
      access: 'public',
      answers: { 204: null },
    },
    async () => ({ status: 204 }),
  );

const served = async () => {
  const handler = httpHandler([thing(), other()]);
  const rt = await offlineRuntime();
  return (path: string) =>
    withRuntime(rt, () => handler(httpEvent(path), lambdaContext())) as Promise<{
      statusCode: number;
      body?: string;
    }>;
};

test('no schema is made before its endpoint is called, nor for another endpoint', async () => {
  const call = await served();
  expect((await call('GET /v1/others')).statusCode).toBe(204);
  expect(made).toEqual([]);
});

test('a call makes those it needs, once, and they parse and filter as any other', async () => {
  const call = await served();
  const answers = [await call('GET /v1/things/one?much=2'), await call('GET /v1/things/one?much=2')];
  expect(answers.map(({ body }) => JSON.parse(String(body)))).toEqual(
    Array(2).fill({ thingId: 'one', much: 2 }),
  );
  expect(made).toEqual(['params', 'query', '200']);
  expect((await call('GET /v1/things/one')).statusCode).toBe(400);
});

test('a declaration reads as if its schemas had stood there', () => {
  const { declaration } = thing();
  expect(Object.keys(declaration.answers)).toEqual(['200', '202']);
  expect([declaration.query, declaration.query]).toEqual([expect.any(z.ZodType), declaration.query]);
  expect(declaration.body).toBeUndefined();
});
