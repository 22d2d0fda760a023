import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { openS3Files, s3Files } from '../../../lib/platform/files/s3-files.ts';
import type { S3Access } from '../../../lib/platform/files/s3-requests.ts';

const region = 'eu-central-1';
const identity = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'not a secret',
  sessionToken: 'of a role/+=',
};
const credentials = async () => identity;
const place = { bucket: 'uploads', key: 'kept/a b+ü(1).png' };

type Reply = { readonly status: number; readonly text?: string } | Error;

/** A store that answers with these, one after the other; the last one for ever. */
const answering = (replies: readonly Reply[], of: Partial<S3Access> = {}) => {
  const requests: HttpRequest[] = [];
  const handle: S3Access['http']['handle'] = async (request) => {
    requests.push(request as HttpRequest);
    const reply = replies[Math.min(requests.length, replies.length) - 1] as Reply;
    if (reply instanceof Error) throw reply;
    const body = Readable.from([Buffer.from(reply.text ?? '')]);
    return { response: new HttpResponse({ statusCode: reply.status, headers: { etag: '"e"' }, body }) };
  };
  return { requests, files: s3Files({ region, credentials, http: { handle }, ...of }) };
};

const text = { text: 'Grüße', contentType: 'text/plain' };
const version = { etag: '"e"', contentType: 'image/png' };
const failing = (status: number, code = 'Whatever') => ({
  status,
  text: `<Error><Code>${code}</Code></Error>`,
});
const hungUp = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const silent = Object.assign(new Error('no answer'), { name: 'TimeoutError' });

/** Signatures are of a moment. */
beforeEach(() => jest.useFakeTimers({ advanceTimers: true, now: Date.UTC(2026, 10, 29, 9, 0, 0) }));
afterEach(() => jest.useRealTimers());

test.each([undefined, 'http://127.0.0.1:4566'])(
  'R-DESK-02 a form to upload is what AWS’s own client signs, at %s',
  async (endpoint) => {
    const client = new S3Client({
      region,
      credentials: identity,
      ...(endpoint && { endpoint, forcePathStyle: true }),
    });
    const theirs = await createPresignedPost(client, {
      Bucket: place.bucket,
      Key: place.key,
      Fields: { 'Content-Type': 'image/png' },
      Conditions: [['content-length-range', 1, 1000]],
      Expires: 900,
    });
    const leave = { contentType: 'image/png', maxBytes: 1000, expiresSec: 900 };
    const ours = await answering([], { endpoint }).files.uploadForm(place, leave);
    expect(ours).toEqual(theirs);
  },
);

test.each([
  ['eu-central-1', undefined, 'https://uploads.s3.eu-central-1.amazonaws.com/'],
  ['us-east-1', undefined, 'https://uploads.s3.us-east-1.amazonaws.com/'],
  ['cn-north-1', undefined, 'https://uploads.s3.cn-north-1.amazonaws.com.cn/'],
  ['eu-central-1', 'http://127.0.0.1:4566', 'http://127.0.0.1:4566/uploads/'],
])(
  'R-DESK-02 an address to read from is signed as AWS’s own presigner signs it, in %s at %s',
  async (where, endpoint, base) => {
    const leave = { fileName: 'Größe "1".png', contentType: 'image/png', expiresSec: 300 };
    const ours = new URL(await answering([], { region: where, endpoint }).files.readUrl(place, leave));
    expect(ours.href).toMatch(`${base}kept/a%20b%2B%C3%BC%281%29.png?`);
    const presigner = new S3RequestPresigner({
      region: where,
      credentials,
      sha256: Hash.bind(null, 'sha256'),
    });
    const query = {
      'response-content-disposition': `attachment; filename="Gr__e _1_.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.png`,
      'response-content-type': 'image/png',
    };
    const { protocol, hostname, port, pathname } = ours;
    const request = new HttpRequest({
      protocol,
      hostname,
      path: pathname,
      method: 'GET',
      query,
      ...(port && { port: Number(port) }),
    });
    const theirs = await presigner.presign(request, { expiresIn: 300 });
    expect(Object.fromEntries(ours.searchParams)).toEqual(theirs.query);
  },
);

describe('a request', () => {
  test('is signed with the role’s credentials over its body and headers', async () => {
    const { requests, files } = answering([{ status: 200 }]);
    await files.put(place, text);
    expect(requests[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261129\/eu-central-1\/s3\/aws4_request, SignedHeaders=\S*content-length;content-type;host;\S*x-amz-content-sha256;x-amz-date;x-amz-security-token, /,
      ),
      'x-amz-content-sha256': createHash('sha256').update(text.text).digest('hex'),
      'content-length': '7',
    });
  });

  test.each([
    ['503', failing(503, 'SlowDown')],
    ['500', failing(500, 'InternalError')],
    ['429', failing(429)],
    ['a connection that breaks', hungUp],
    ['no answer', silent],
  ])('is made again after %s', async (_, reply) => {
    const { requests, files } = answering([reply, reply, { status: 200, text: 'kept' }]);
    expect([await files.findText(place), requests.length]).toEqual(['kept', 3]);
  });

  test.each([
    ['503', failing(503, 'SlowDown'), { name: 'SlowDown', $fault: 'server' }],
    ['no answer', silent, { name: 'TimeoutError' }],
  ])('ends with the error after three times %s', async (_, reply, error) => {
    const { requests, files } = answering([reply]);
    await expect(files.put(place, text)).rejects.toMatchObject(error);
    expect(requests).toHaveLength(3);
  });

  test('is not made again when it is refused', async () => {
    const { requests, files } = answering([failing(403, 'AccessDenied')]);
    const refused = { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } };
    await expect(files.put(place, text)).rejects.toMatchObject(refused);
    expect(requests).toHaveLength(1);
  });
});

test.each([403, 404, 416])('R-DESK-02 a file that is answered for with %d is not there', async (status) => {
  const { files } = answering([failing(status)]);
  expect([await files.findText(place), await files.findHead(place, 10)]).toEqual([undefined, undefined]);
});

describe('R-DESK-02 a copy', () => {
  test.each([404, 412])('of a version that is gone (%d) is false', async (status) => {
    expect(await answering([failing(status)]).files.copy(place, place, version)).toBe(false);
  });

  test.each([
    ['an error', failing(200, 'InternalError')],
    ['nothing', { status: 200 }],
  ])('that ends in %s under the status 200 is made again', async (_, reply) => {
    const { requests, files } = answering([reply, { status: 200, text: '<CopyObjectResult/>' }]);
    expect([await files.copy(place, place, version), requests.length]).toEqual([true, 2]);
    expect(requests[1]?.headers).toMatchObject({
      'x-amz-copy-source': 'uploads/kept/a%20b%2B%C3%BC%281%29.png',
      'x-amz-copy-source-if-match': '"e"',
    });
  });
});

test('without a region nothing is opened', () => {
  expect(() => openS3Files({})).toThrow('AWS_REGION');
});
