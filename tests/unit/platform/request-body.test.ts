import { jsonBody, MAX_BODY_BYTES, rawBody } from '../../../lib/platform/http/request-body.ts';
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

  test('may begin with a byte order mark', () => {
    expect(jsonBody(event('\uFEFF{"a":1}'))).toEqual({ a: 1 });
  });

  test('may hold a replacement character of the caller’s own', () => {
    expect(jsonBody(event('{"text":"\uFFFD"}'))).toEqual({ text: '\uFFFD' });
  });
});

describe('a JSON body', () => {
  test.each(['{', '{"a":}', 'text', '{"a":1}}', "{'a':1}", '\u0000', 'NaN'])('%j is broken', (text) => {
    expect(thrownBy(() => jsonBody(body(text))).code).toBe('broken-json');
  });

  test.each([
    ['bytes that UTF-8 has not', [0x22, 0xff, 0xfe, 0x22]],
    ['windows-1251', [0x22, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x22]],
    ['a character cut in two', [0x22, 0xd0, 0x22]],
    ['a longer form than needed', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a surrogate pair as bytes', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16 with a byte order mark', [0xff, 0xfe, 0x22, 0x00, 0x61, 0x00, 0x22, 0x00]],
  ])('of %s is broken, not stored with replacement characters', (_, given) => {
    const bytes = Buffer.from(given).toString('base64');
    const event = { ...body('{}'), body: bytes, isBase64Encoded: true };
    expect(thrownBy(() => jsonBody(event)).code).toBe('broken-json');
  });

  test('handed over as text that is none is broken', () => {
    expect(thrownBy(() => jsonBody(body('{"a":"\ud83d"}'))).code).toBe('broken-json');
  });

  test.each([
    ['a key that reaches the prototype', '{"a":{"__proto__":{"admin":true}}}', 'body.a'],
    ['half a surrogate pair', '{"a":["\\ud83d"]}', 'body.a.0'],
    ['half a surrogate pair in a key', '{"\\udc00":1}', 'body'],
    ['a number beyond all numbers', '{"a":1e400}', 'body.a'],
    ['a number below all numbers', '{"a":-1e400}', 'body.a'],
    ['a NUL character', '{"a":"x\\u0000y"}', 'body.a'],
    ['a NUL character in a key', '{"a\\u0000":1}', 'body'],
  ])('with %s is invalid and says where', (_, text, path) => {
    const error = thrownBy(() => jsonBody(body(text)));
    expect(error).toMatchObject({ kind: 'invalid', code: 'invalid-request', details: [{ path }] });
  });

  test('nested without end is invalid, not a stack overflow', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(thrownBy(() => jsonBody(body(deep))).code).toBe('invalid-request');
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json;charset=utf8',
    'application/json; version=1; charset=UTF8',
  ])('may come as %s', (type) => {
    expect(jsonBody(body('{"a":1}', { 'content-type': type }))).toEqual({ a: 1 });
  });

  test.each([
    ['text/plain', 'Send the body as application/json.'],
    ['application/x-www-form-urlencoded', 'Send the body as application/json.'],
    ['application/json,application/json', 'Send the body as application/json.'],
    ['', 'Send the body as application/json.'],
    ['application/json; charset=latin1', expect.stringContaining('UTF-8')],
    ['application/json; charset=utf-16', expect.stringContaining('UTF-8')],
    ['application/json; charset=nonsense', expect.stringContaining('UTF-8')],
  ])('may not come as %j, and the answer says what may', (type, message) => {
    const error = thrownBy(() => jsonBody(body('{"a":1}', { 'content-type': type })));
    expect(error).toMatchObject({ status: 415, code: 'unsupported-media-type', message });
  });

  test('is found whatever the case of the header’s name', () => {
    const { headers: _, ...event } = body('{"a":1}');
    expect(jsonBody({ ...event, headers: { 'Content-Type': 'application/json' } })).toEqual({ a: 1 });
  });
});
