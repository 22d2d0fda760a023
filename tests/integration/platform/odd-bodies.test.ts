import { resolve } from 'node:path';
import { ROLES } from '../../../lib/platform/caller.ts';
import type { Endpoint } from '../../../lib/platform/http/on-http.ts';
import { allEndpoints } from '../../../scripts/all-endpoints.ts';
import { call, startAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';

/** JSON that is no object, or none that a schema of ours describes; bytes that are no JSON. */
const BODIES: readonly string[] = [
  'false',
  '0',
  'null',
  '""',
  '[]',
  '[[]]',
  'true',
  '-1',
  '"text"',
  '1e400',
  '{"__proto__":{}}',
];
const BYTES: readonly Uint8Array[] = [
  Uint8Array.of(0xff, 0xfe),
  Buffer.from('{"text":"Привет"}', 'utf16le'),
  Uint8Array.of(0),
  Buffer.from('['.repeat(64 * 1024)),
  Buffer.from(`"${'я'.repeat(32 * 1024)}"`),
];

const sent: readonly (string | Uint8Array)[] = [
  ...BODIES,
  ...BODIES.map((text) => Buffer.from(text)),
  ...BYTES,
];

const readsJson = ({ declaration: { method, rawBody } }: Endpoint): boolean =>
  !rawBody && ['POST', 'PUT', 'PATCH'].includes(method);

let rt: TestRuntime;
let token: string;
let endpoints: Endpoint[];

beforeAll(async () => {
  rt = await testRuntime(await startAws());
  token = await rt.token({ id: rt.ids.next('usr'), roles: ROLES });
  endpoints = (await allEndpoints(resolve(import.meta.dirname, '../../..'))).filter(readsJson);
});

/** Whoever writes nothing by mistake, and gets the reason: 400, 413; without a body of its own an endpoint may look at the id first. */
test('R-AUTH-04 every endpoint that reads JSON refuses what is no object of its description, with 4xx', async () => {
  const wrong: string[] = [];
  for (const { declaration } of endpoints) {
    const line = `${declaration.method} ${declaration.path.replaceAll(/\{\w+\}/g, 'x')}`;
    for (const body of sent) {
      const { status } = await call(rt, line, { token, body, key: rt.ids.next('key'), ifMatch: '"1"' });
      if (status !== 400 && status !== 413) wrong.push(`${line} ${body.slice(0, 20)} → ${status}`);
    }
  }
  expect(endpoints.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});
