import { jsonBody, MAX_BODY_BYTES, rawBody } from '../../../lib/platform/http/request.ts';
import { httpEvent } from '../../support/platform/request.ts';

const thrownBy = (
  work: () => unknown,
): { status?: number; kind?: string; code?: string; details?: unknown } => {
  try {
    work();
  } catch (error) {
    return error as object;
  }
  throw new Error('nothing was thrown');
};

const body = (text: string, headers?: Record<string, string>) =>
  httpEvent('POST /v1/x', { body: text, ...(headers && { headers }) });

describe.each([
  ['as text', false],
  ['base64-encoded', true],
])('a body handed over %s', (_, base64) => {
  const event = (text: string) => httpEvent('POST /v1/x', { body: text, base64 });

  test('gives the bytes that were sent', () => {
    expect(Buffer.from(rawBody(event('{"text":"Привет 👋"}'))).toString()).toBe('{"text":"Привет 👋"}');
  });

  test('is read as JSON', () => {
    expect(jsonBody(event('{"text":"Привет 👋"}'))).toEqual({ text: 'Привет 👋' });
  });

  test('may hold 64 KB of bytes, counted after decoding, and not one more', () => {
    const full = 'я'.repeat(MAX_BODY_BYTES / 2);
    expect(rawBody(event(full)).length).toBe(MAX_BODY_BYTES);
    const error = thrownBy(() => rawBody(event(`${full}x`)));
    expect([error.status, error.code]).toEqual([413, 'body-too-large']);
  });

  test('that is empty is no body', () => {
    expect(jsonBody(event(''))).toBeUndefined();
  });
});

describe('a JSON body', () => {
  test.each(['{', '{"a":}', 'text', '{"a":1}}', "{'a':1}", '\u0000', 'NaN'])('%j is broken', (text) => {
    expect(thrownBy(() => jsonBody(body(text))).code).toBe('broken-json');
  });

  test('that is not UTF-8 is broken', () => {
    const bytes = Buffer.from([0x22, 0xff, 0xfe, 0x22]).toString('base64');
    const event = { ...body('{}'), body: bytes, isBase64Encoded: true };
    expect(thrownBy(() => jsonBody(event)).code).toBe('broken-json');
  });

  test.each([
    ['a key that reaches the prototype', '{"a":{"__proto__":{"admin":true}}}', 'body.a'],
    ['half a surrogate pair', '{"a":["\\ud83d"]}', 'body.a.0'],
    ['half a surrogate pair in a key', '{"\\udc00":1}', 'body'],
    ['a number beyond all numbers', '{"a":1e999}', 'body.a'],
  ])('with %s is invalid and says where', (_, text, path) => {
    const error = thrownBy(() => jsonBody(body(text)));
    expect(error).toMatchObject({ kind: 'invalid', code: 'invalid-request', details: [{ path }] });
  });

  test('nested without end is invalid, not a stack overflow', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(thrownBy(() => jsonBody(body(deep))).code).toBe('invalid-request');
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'may come as %s',
    (type) => {
      expect(jsonBody(body('{"a":1}', { 'content-type': type }))).toEqual({ a: 1 });
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', ''])(
    'may not come as %j',
    (type) => {
      const error = thrownBy(() => jsonBody(body('{"a":1}', { 'content-type': type })));
      expect([error.status, error.code]).toEqual([415, 'unsupported-media-type']);
    },
  );

  test('is found whatever the case of the header’s name', () => {
    const { headers: _, ...event } = body('{"a":1}');
    expect(jsonBody({ ...event, headers: { 'Content-Type': 'application/json' } })).toEqual({ a: 1 });
  });
});
