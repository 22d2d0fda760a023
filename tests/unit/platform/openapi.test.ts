import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../../lib/platform/http/pagination.ts';
import { buildDocument } from '../../../lib/platform/openapi/build-document.ts';
import { docsPage } from '../../../lib/platform/openapi/docs-page.ts';
import type { Content, OpenApiDocument } from '../../../lib/platform/openapi/document.ts';
import { wholeOperations } from '../../../lib/platform/openapi/expand.ts';
import { apiDocument, documentText } from '../../../scripts/all-endpoints.ts';

/** A whole schema twice is a waste of every reader's time; a line or two is not. */
const LONG_CHARS = 300;
const ROOT = resolve(import.meta.dirname, '../../..');
const info = { title: 'Test', version: '1', description: 'A test & <more>.' };

const makeThing = onHttp(
  {
    method: 'POST',
    path: '/v1/boxes/{boxId}/things',
    summary: 'Make a thing <b>',
    tag: 'things',
    access: ['client', 'manager'],
    params: z.strictObject({ boxId: z.string() }),
    body: z.strictObject({ name: z.string().max(9), size: z.int().default(1) }),
    answers: { 201: z.object({ id: z.string(), at: z.iso.datetime() }) },
    idempotent: true,
    ifMatch: 'required',
    problems: { 'box-full': 'conflict', 'box-closed': 'conflict' },
    example: { body: { name: 'a' } },
  },
  async () => ({ status: 201, body: { id: 'a', at: '2026-01-01T00:00:00.000Z' } }),
);

const listThings = onHttp(
  {
    method: 'GET',
    path: '/v1/things',
    summary: 'Things',
    tag: 'things',
    access: 'public',
    query: pageQuery(),
    answers: { 200: pageOf(z.object({ id: z.string() })) },
  },
  async () => ({ status: 200, body: { items: [], nextCursor: null } }),
);

const boxes = (path: `/${string}`, schema: z.ZodType) =>
  onHttp(
    { method: 'GET', path, summary: 'Boxes', tag: 'boxes', access: 'public', answers: { 200: schema } },
    async () => ({ status: 200, body: {} }),
  );

const operation = (line: string) => {
  const found = wholeOperations(buildDocument([makeThing, listThings], info)).find(
    ({ method, path }) => `${method} ${path}` === line,
  );
  if (!found) throw new Error(`${line} is not in the document`);
  return found;
};

const post = () => operation('POST /v1/boxes/{boxId}/things');
const codesAt = (status: number): unknown => {
  const { allOf } = post().responses[status]?.content?.['application/problem+json']?.schema ?? {};
  return (allOf as ProblemPart[]).at(1)?.properties.code.enum;
};

interface ProblemPart {
  readonly properties: { readonly code: { readonly enum: string[] } };
}

describe('the OpenAPI document', () => {
  test('R-AUTH-04 says who may call', () => {
    expect(post()).toMatchObject({ security: [{ bearer: [] }], 'x-access': ['client', 'manager'] });
    expect(operation('GET /v1/things')).toMatchObject({ security: [], 'x-access': ['public'] });
  });

  test('names parameters of path, query and headers', () => {
    expect(post().parameters?.map((each) => [each.in, each.name, each.required])).toEqual([
      ['path', 'boxId', true],
      ['header', 'Idempotency-Key', true],
      ['header', 'If-Match', true],
    ]);
    expect(operation('GET /v1/things').parameters).toMatchObject([
      { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      { name: 'cursor', required: false },
    ]);
  });

  test('describes a body as the caller writes it and an answer as the caller reads it', () => {
    expect(post().requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { name: { type: 'string', maxLength: 9 }, size: { type: 'integer', default: 1 } },
            required: ['name'],
            additionalProperties: false,
          },
          example: { name: 'a' },
        },
      },
    });
    expect(post().responses[201]).toMatchObject({
      content: {
        'application/json': {
          schema: { properties: { at: { type: 'string', format: 'date-time' } }, required: ['id', 'at'] },
        },
      },
    });
  });

  test('lists every problem by status, the wrapper’s and the endpoint’s own', () => {
    expect(codesAt(401)).toEqual([
      'unauthenticated',
      'malformed-token',
      'malformed-key',
      'token-invalid',
      'token-expired',
      'token-revoked',
    ]);
    expect(codesAt(409)).toEqual(['changed-meanwhile', 'box-full', 'box-closed']);
    expect(codesAt(428)).toEqual(['if-match-required']);
    expect(Object.keys(post().responses)).toEqual(
      expect.arrayContaining(['400', '401', '403', '409', '412', '413', '415', '422', '428', '500', '503']),
    );
    expect(Object.keys(operation('GET /v1/things').responses)).toEqual(['200', '400', '429', '500', '503']);
  });

  test('writes once what has a name, and refers to it', () => {
    const box = z.object({ id: z.string() }).meta({ id: 'Box' });
    const document = buildDocument([boxes('/v1/a', box), boxes('/v1/b', pageOf(box))], info);
    expect(document.components.schemas.Box).toMatchObject({ properties: { id: { type: 'string' } } });
    expect(JSON.stringify(document.paths).match(/#\/components\/schemas\/Box/g)).toHaveLength(2);
  });

  test('one name for two things is a mistake', () => {
    const [box, other] = [z.object({ id: z.string() }), z.object({ id: z.number() })].map((schema) =>
      schema.meta({ id: 'Box' }),
    );
    expect(() => buildDocument([boxes('/v1/a', box!), boxes('/v1/b', other!)], info)).toThrow(
      'two schemas of the API are called Box',
    );
  });

  test('two endpoints at one address are a mistake', () => {
    expect(() => buildDocument([listThings, listThings], info)).toThrow('GET /v1/things is declared twice');
  });
});

describe('docs/openapi.json', () => {
  const file = (): string => readFileSync(resolve(ROOT, 'docs/openapi.json'), 'utf8');

  test('is what the endpoints declare now (else: npm run openapi)', async () => {
    // Compared outside `expect`: a difference of two documents is no help to read.
    const same = file() === documentText(await apiDocument(ROOT));
    expect(same).toBe(true);
  });

  test('holds schemas that a validator understands, and examples that fit them', () => {
    const document: OpenApiDocument = JSON.parse(file());
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: document.components });
    const contents: Content[] = [];
    JSON.stringify(document, (key, value) => {
      // A property of a schema may be called so too: only media types hold a slash.
      if (key === 'content' && Object.keys(value).every((type) => type.includes('/'))) contents.push(value);
      return value;
    });
    for (const { schema, example } of contents.flatMap((each) => Object.values(each))) {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
      const validate = ajv.compile(JSON.parse(text));
      if (example !== undefined) expect([validate(example), validate.errors]).toEqual([true, null]);
    }
  });

  test('refers to nothing that it does not hold', () => {
    const document: OpenApiDocument = JSON.parse(file());
    expect(JSON.stringify(wholeOperations(document))).not.toContain('$ref');
  });

  test('writes no long schema twice (else: give it a name, .meta({ id }))', () => {
    const times = new Map<string, number>();
    JSON.stringify(JSON.parse(file()), (_, value) => {
      const text = JSON.stringify(value);
      const isSchema = typeof value?.type === 'string' || Array.isArray(value?.anyOf);
      if (isSchema && text.length > LONG_CHARS) times.set(text, (times.get(text) ?? 0) + 1);
      return value;
    });
    expect([...times].filter(([, count]) => count > 1).map(([text]) => text)).toEqual([]);
  });

  /** Things that nobody can read one by one. */
  const WITHOUT_ADDRESS = [
    'POST /v1/api-keys',
    'POST /v1/consents',
    'POST /v1/suppressions',
    'POST /v1/uploads',
    'POST /v1/tickets/{ticketId}/notes',
    'POST /v1/tickets/{ticketId}/replies',
  ];

  test('says of each thing that is made where it can be read', () => {
    const document: OpenApiDocument = JSON.parse(file());
    const making = wholeOperations(document).filter(({ responses }) => '201' in responses);
    const silent = making.filter(({ responses }) => !('Location' in (responses[201]?.headers ?? {})));
    expect(silent.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      WITHOUT_ADDRESS.toSorted(),
    );
  });

  test('R-AUTH-02 tells of cookie sessions where they are, and nowhere else', () => {
    const document: OpenApiDocument = JSON.parse(file());
    const modes = wholeOperations(document).filter(({ parameters = [] }) =>
      parameters.some(({ name }) => name === 'X-Session'),
    );
    expect(modes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'POST /v1/sign-in',
      'POST /v1/sign-in/refresh',
      'POST /v1/sign-out',
    ]);
    for (const { responses } of modes) {
      const [success] = Object.entries(responses).filter(([status]) => Number(status) < 300);
      expect(success?.[1].headers).toHaveProperty('Set-Cookie');
    }
  });

  test('names the headers that answers carry', () => {
    const operations = wholeOperations(JSON.parse(file()));
    for (const { responses } of operations) {
      for (const { headers = {} } of Object.values(responses)) expect(headers).toHaveProperty('X-Request-Id');
      expect(responses[429]?.headers).toHaveProperty('Retry-After');
      expect(responses[503]?.headers).toHaveProperty('Retry-After');
    }
    const desk = operations.find(({ method, path }) => `${method} ${path}` === 'GET /v1/desks/{deskId}');
    expect(desk?.responses[200]?.headers).toHaveProperty('ETag');
    expect(desk?.responses).toHaveProperty('304');
  });

  test('gives each operation a name of its own', () => {
    const document: OpenApiDocument = JSON.parse(file());
    const ids = Object.values(document.paths).flatMap((each) =>
      Object.values(each).map((one) => one.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the page', () => {
  test('shows every operation and escapes what it shows', () => {
    const page = docsPage(buildDocument([makeThing, listThings], info));
    expect(page).toContain('/v1/boxes/{boxId}/things');
    expect(page).toContain('Make a thing &lt;b&gt;');
    expect(page).toContain('A test &amp; &lt;more&gt;.');
  });

  test('has no script and loads nothing', () => {
    const page = docsPage(buildDocument([makeThing, listThings], info));
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/);
  });
});
