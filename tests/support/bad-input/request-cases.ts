import fc from 'fast-check';
import type { Parameter } from '../../../lib/platform/openapi/document.ts';
import type { CallOptions } from '../aws/index.ts';
import { oneBroken } from './broken-value.ts';
import { bodySchemaOf, type Published, validatorOf } from './operations.ts';
import { type Known, valid } from './schema-arbitrary.ts';

/** One request, and what the document alone lets one expect of its answer. */
export interface RequestCase {
  /** What was done to it. */
  readonly kind: string;
  readonly line: string;
  readonly options: Omit<CallOptions, 'token'>;
  /** Statuses it must be answered with; empty: any that is documented. */
  readonly expected: readonly number[];
}

interface Parts {
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
  readonly key: string;
  readonly ifMatch: string | undefined;
}

const TOO_LARGE = JSON.stringify({ text: 'x'.repeat(70_000) });
const ODD_PATHS = [
  'x',
  '%00',
  '%ZZ',
  '..%2f..',
  '__proto__',
  'constructor',
  '%F0%9F',
  'x'.repeat(300),
  '%20',
];
const foreignCursor = Buffer.from(JSON.stringify({ list: 'another', key: { id: 'x' } })).toString(
  'base64url',
);

const valuesOf = (
  operation: Published,
  place: Parameter['in'],
  known: Known,
): fc.Arbitrary<Record<string, string>> => {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  // Cursors are opaque: a made-up one is never valid, so it is a case of its own.
  const fields = parameters
    .filter(({ name }) => name !== 'cursor')
    .map(({ name, schema }) => [name, valid(schema, known, name).map(String)] as const);
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(fields), { requiredKeys }) as fc.Arbitrary<Record<string, string>>;
};

const partsOf = (operation: Published, known: Known): fc.Arbitrary<Parts> => {
  const schema = bodySchemaOf(operation);
  return fc.record({
    // A client takes these for steps of the path, and asks for another one.
    params: valuesOf(operation, 'path', known).filter(
      (params) => !Object.values(params).some((value) => value === '.' || value === '..'),
    ),
    query: valuesOf(operation, 'query', known),
    body: schema ? valid(schema, known) : fc.constant(undefined),
    key: fc.uuid(),
    ifMatch: fc.constantFrom(undefined, '"1"', '"2"', 'W/"3"', '"999999"'),
  });
};

const pathOf = ({ path }: Published, params: Record<string, string>, encoded = false): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encoded ? (params[name] ?? '') : encodeURIComponent(params[name] ?? ''),
  );

const takes = ({ parameters = [] }: Published, name: string): Parameter | undefined =>
  parameters.find((parameter) => parameter.name === name);

const isWrite = ({ method }: Published): boolean => method !== 'GET' && method !== 'DELETE';

/** Bodies that nobody promised to understand, and types that do not fit them. */
const RAW_BODIES = [
  '',
  'a=1&a=2&%ZZ=%',
  '{"a":',
  '<xml/>',
  '\u0000\ufffd👋',
  `${'['.repeat(9000)}`,
  'x'.repeat(60_000),
];
const RAW_TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'text/plain; charset=utf-16',
  'multipart/form-data',
  '',
];

/** A whole request of its parts; `more` breaks one of them. */
const requestOf = (
  operation: Published,
  parts: Parts,
  more: Partial<RequestCase> & { path?: string } = {},
): RequestCase => {
  const query = new URLSearchParams(parts.query).toString();
  const path = more.path ?? pathOf(operation, parts.params);
  const ifMatch =
    takes(operation, 'If-Match') &&
    (takes(operation, 'If-Match')?.required ? (parts.ifMatch ?? '"1"') : parts.ifMatch);
  const options = {
    ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
    ...(takes(operation, 'Idempotency-Key') && { key: parts.key }),
    ...(ifMatch && { ifMatch }),
  };
  return {
    kind: 'valid',
    line: `${operation.method} ${path}${query && `?${query}`}`,
    expected: [],
    ...more,
    options: { ...options, ...more.options },
  };
};

type Break = (parts: Parts) => RequestCase;

/** Breaks of everything but the body's fields, as far as the operation has the thing to break. */
const breaksOf = (operation: Published): Break[] => {
  const request = (parts: Parts, more: Parameters<typeof requestOf>[2]) => requestOf(operation, parts, more);
  const withQuery =
    (kind: string, extra: string, expected = [400]): Break =>
    (parts) => {
      const whole = requestOf(operation, parts);
      return {
        ...whole,
        kind,
        line: `${whole.line}${whole.line.includes('?') ? '&' : '?'}${extra}`,
        expected,
      };
    };
  const body =
    (kind: string, text: string, expected: number[], type = 'application/json'): Break =>
    (parts) =>
      request(parts, { kind, expected, options: { body: text, headers: { 'content-type': type } } });
  const header =
    (kind: string, options: RequestCase['options'], expected: number[]): Break =>
    (parts) =>
      request(parts, { kind, expected, options });
  const ifMatch = takes(operation, 'If-Match');
  return [
    ...(operation['x-raw']
      ? [withQuery('any query', 'a=1&a=2&__proto__=%ZZ', [])]
      : [withQuery('unknown parameter', 'unknown=1'), withQuery('hostile parameter', '__proto__=1')]),
    ...(operation['x-raw'] && isWrite(operation)
      ? [
          body('too large', TOO_LARGE, [413]),
          ...RAW_BODIES.flatMap((text) => RAW_TYPES.map((type) => body('raw', text, [], type))),
        ]
      : []),
    ...(takes(operation, 'limit')
      ? ['0', '101', '-5', 'ten', ''].map((limit) => withQuery('bad limit', `limit=${limit}`))
      : []),
    ...(takes(operation, 'cursor')
      ? // Whether one may see the list at all is settled before the cursor is read.
        ['x', foreignCursor, '%00', 'e30'].map((cursor) =>
          withQuery('foreign cursor', `cursor=${cursor}`, [400, 403, 404]),
        )
      : []),
    ...(isWrite(operation) && !operation['x-raw']
      ? [
          body('broken JSON', '{"a":', [400]),
          body('not UTF-8 in name only', '{"a":"\\ud800"}', [400]),
          body('not JSON', 'text=x', [415], 'text/plain'),
          body('too large', TOO_LARGE, [413]),
          body('nested', `${'['.repeat(9000)}${']'.repeat(9000)}`, [400]),
        ]
      : []),
    ...(takes(operation, 'Idempotency-Key')
      ? [
          header('no key', { headers: { 'idempotency-key': '' } }, [400]),
          header('bad key', { headers: { 'idempotency-key': 'ключ' } }, [400]),
        ]
      : []),
    ...(ifMatch
      ? ['*', '3', '"x"', '"1", "2"'].map((value) => header('bad If-Match', { ifMatch: value }, [400]))
      : []),
    ...(ifMatch?.required ? [header('no If-Match', { headers: { 'if-match': '' } }, [428, 400])] : []),
  ];
};

const oddPath = (operation: Published, parts: Parts): fc.Arbitrary<RequestCase> => {
  const names = Object.keys(parts.params);
  return fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ODD_PATHS)).map(([name, odd]) => {
    const params = Object.fromEntries(
      Object.entries(parts.params).map(([each, value]) => [each, encodeURIComponent(value)]),
    );
    return requestOf(operation, parts, {
      kind: 'odd path',
      path: pathOf(operation, { ...params, [name]: odd }, true),
    });
  });
};

/** A valid body with one field broken; the document's own schema says whether it must be refused. */
const brokenBody = (operation: Published, parts: Parts): fc.Arbitrary<RequestCase> => {
  const schema = bodySchemaOf(operation);
  return oneBroken(parts.body).map((body) => {
    const fits = schema && validatorOf(schema)(JSON.parse(JSON.stringify(body) ?? 'null'));
    const missing = body === undefined && !operation.requestBody?.required;
    return requestOf(
      operation,
      { ...parts, body },
      { kind: 'broken field', expected: fits || missing ? [] : [400] },
    );
  });
};

/** Requests to one operation: half of those with a body are valid ones with a field broken. */
export const requestCases = (operation: Published, known: Known): fc.Arbitrary<RequestCase> =>
  partsOf(operation, known).chain((parts) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(requestOf(operation, parts)) },
      { weight: 2, arbitrary: fc.constantFrom(...breaksOf(operation)).map((broken) => broken(parts)) },
      ...(bodySchemaOf(operation) ? [{ weight: 6, arbitrary: brokenBody(operation, parts) }] : []),
      ...(Object.keys(parts.params).length > 0 ? [{ weight: 1, arbitrary: oddPath(operation, parts) }] : []),
    ),
  );
