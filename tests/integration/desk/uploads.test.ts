import { Readable } from 'node:stream';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import { contentTypes } from '../../../lib/desk/intake/attachments.ts';
import { findPendingFile, keepFile } from '../../../lib/desk/intake/file-repository.ts';
import { useAttachments } from '../../../lib/desk/intake/uploads.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import {
  type Answer,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { aClient, type Client, place } from '../../support/clients.ts';
import { sampleFiles } from '../../support/sample-files.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let client: Client;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  client = aClient(rt);
});

type Type = (typeof contentTypes)[number];
interface Declared {
  readonly contentType?: Type;
  readonly sizeBytes?: number;
  readonly fileName?: string;
}

const declare = async (
  owner: TestUser,
  { contentType = 'image/png', sizeBytes = 1000, fileName = 'a.png' }: Declared = {},
) => {
  const body = { contentType, sizeBytes, fileName };
  return owner.call('POST /v1/uploads', { key: rt.ids.next('key'), body });
};

/** Puts the bytes where the form would: the stand-in need not enforce the form's policy, so tests do not rely on it. */
const store = (uploadId: string, bytes: Uint8Array, ContentType = 'image/png') =>
  rt.s3.send(
    new PutObjectCommand({
      Bucket: rt.env.BUCKET_UPLOADS,
      Key: `uploads/pending/${uploadId}`,
      Body: bytes,
      ContentType,
    }),
  );

const upload = async (
  owner: TestUser,
  bytes: Uint8Array = sampleFiles['image/png'],
  declared: Declared = {},
) => {
  const { uploadId } = (await declare(owner, declared)).body;
  await store(uploadId, bytes);
  return uploadId as string;
};

/** S3 copies only what still has the ETag that was asked for; the stand-in leaves that out. */
const honourIfMatch = (): void => {
  const { handle } = rt.filesHttp;
  rt.filesHttp.handle = async (request, ...options) => {
    const source = request.headers['x-amz-copy-source'];
    const wanted = request.headers['x-amz-copy-source-if-match'];
    if (!source || !wanted) return handle(request, ...options);
    const Key = source.slice(source.indexOf('/') + 1);
    const { ETag } = await rt.s3.send(new HeadObjectCommand({ Bucket: rt.env.BUCKET_UPLOADS, Key }));
    if (ETag === wanted) return handle(request, ...options);
    return { response: new HttpResponse({ statusCode: 412, headers: {}, body: Readable.from([]) }) };
  };
};

const postWith = (...attachments: string[]) => client.post({ text: 'See', attachments });
const refused = (...indexes: number[]) => ({
  status: 422,
  body: {
    code: 'attachment-invalid',
    errors: indexes.map((index) => expect.objectContaining({ path: `body.attachments.${index}` })),
  },
});

describe('leave to upload', () => {
  it('R-DESK-02 is a form for one key, one type and at most the declared size, for 15 minutes', async () => {
    const { status, body } = await declare(client, { contentType: 'application/pdf', sizeBytes: 777 });
    expect(status).toBe(201);
    expect(body.fields).toMatchObject({
      'Content-Type': 'application/pdf',
      key: `uploads/pending/${body.uploadId}`,
    });
    const { conditions } = JSON.parse(Buffer.from(body.fields.Policy, 'base64').toString());
    expect(conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, 777],
        { 'Content-Type': 'application/pdf' },
        { key: `uploads/pending/${body.uploadId}` },
      ]),
    );
    expect(Date.parse(body.expiresAt)).toBe(rt.clock.nowMs() + 15 * 60_000);
  });

  it('R-DESK-02 can be used as it is given', async () => {
    const bytes = sampleFiles['text/plain'];
    const declared = { contentType: 'text/plain', sizeBytes: bytes.length, fileName: 'note.txt' } as const;
    const { url, fields, uploadId } = (await declare(client, declared)).body;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    form.append('file', new Blob([bytes]));
    const sent = await fetch(url, { method: 'POST', body: form });
    expect(sent.ok).toBe(true);
    expect((await postWith(uploadId)).status).toBe(202);
  });

  it('R-DESK-02 is given once per key', async () => {
    const body = { contentType: 'image/png', sizeBytes: 5, fileName: 'a.png' };
    const [one, two] = [
      await client.call('POST /v1/uploads', { key: 'k', body }),
      await client.call('POST /v1/uploads', { key: 'k', body }),
    ];
    // Each is signed at its own second; what it gives leave for is the same.
    const leave = ({ body: { fields, ...rest } }: Answer) => ({
      ...rest,
      key: fields.key,
      type: fields['Content-Type'],
    });
    expect(one.body.fields.key).toContain(one.body.uploadId);
    expect(leave(two)).toEqual(leave(one));
  });

  it.each([
    ['another type', { contentType: 'image/svg+xml' }],
    ['more than 10 MB', { sizeBytes: 10_485_761 }],
    ['nothing', { sizeBytes: 0 }],
    ['half a byte', { sizeBytes: 1.5 }],
    ['no name', { fileName: '' }],
    ['a name of 1001 characters', { fileName: 'x'.repeat(1001) }],
    ['SVG', { contentType: 'image/svg+xml' }],
    ['HTML', { contentType: 'text/html' }],
    ['XML', { contentType: 'application/xml' }],
  ])('R-DESK-02 is not given for %s', async (_, wrong) => {
    const body = { contentType: 'image/png', sizeBytes: 5, fileName: 'a.png', ...wrong };
    const answer = await client.call('POST /v1/uploads', { key: 'k', body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});

describe('an attachment', () => {
  it.each(contentTypes.map((type): [Type] => [type]))(
    'R-DESK-02 of %s goes with a message',
    async (contentType) => {
      const bytes = sampleFiles[contentType];
      const id = await upload(client, bytes, { contentType, fileName: '../Счёт' });
      const { status, body } = await postWith(id);
      expect(status).toBe(202);
      const attachment = { uploadId: id, fileName: 'Счёт', contentType, sizeBytes: bytes.length };
      expect((await client.message(body.messageId)).attachments).toEqual([
        expect.objectContaining(attachment),
      ]);
      await place(rt, client.id);
      expect((await client.message(body.messageId)).attachments).toEqual([
        expect.objectContaining(attachment),
      ]);
    },
  );

  it('R-DESK-02 is fetched as a file to save, under the type we checked', async () => {
    const id = await upload(client, sampleFiles['image/png'], { fileName: 'Труба "1".png' });
    const { body } = await postWith(id);
    const { url } = (await client.message(body.messageId)).attachments[0];
    const fetched = await fetch(url);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(sampleFiles['image/png']);
    const query = new URL(url).searchParams;
    expect(query.get('response-content-type')).toBe('image/png');
    expect(query.get('response-content-disposition')).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''%/,
    );
    expect(query.get('X-Amz-Expires')).toBe('600');
  });

  it.each([
    ['of another type than declared', { contentType: 'image/jpeg' }, sampleFiles['image/png']],
    ['that is a script under a picture’s name', {}, Buffer.from('<script>alert(1)</script>')],
    ['that is no text', { contentType: 'text/plain' }, Buffer.from([0x61, 0, 0x62])],
    ['larger than declared', { sizeBytes: 10 }, sampleFiles['image/png']],
    ['that is empty', {}, Buffer.from('')],
  ] as const)('R-DESK-02 %s is refused, whatever the store says of it', async (_, declared, bytes) => {
    const good = await upload(client);
    const bad = await upload(client, bytes, declared);
    expect(await postWith(good, bad)).toMatchObject(refused(1));
    // Nothing came of the refused message: the good one is still free.
    expect((await postWith(good)).status).toBe(202);
  });

  it('R-DESK-02 that was never uploaded, is unknown or another’s is refused alike', async () => {
    const { uploadId: absent } = (await declare(client)).body;
    expect(await postWith(absent)).toMatchObject(refused(0));
    const [unknown, foreign] = [rt.ids.next('upl'), await upload(aClient(rt))];
    const answers = [await postWith(unknown), await postWith(foreign)];
    expect(answers[0]).toMatchObject(refused(0));
    expect(answers[1]?.body.errors).toEqual(answers[0]?.body.errors);
  });

  it('R-DESK-02 goes with one message only', async () => {
    const id = await upload(client);
    expect((await postWith(id)).status).toBe(202);
    expect(await postWith(id)).toMatchObject(refused(0));
  });

  it('R-DESK-02 goes with one of many messages that come at once', async () => {
    const id = await upload(client);
    const answers = await Promise.all([1, 2, 3, 4].map(() => postWith(id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 422, 422, 422]);
  });

  it('R-DESK-02 goes with its message again when the request is repeated, at once or later', async () => {
    const id = await upload(client);
    const body = { text: 'See', attachments: [id] };
    const answers = await Promise.all([1, 2, 3, 4].map(() => client.post(body, 'k')));
    answers.push(await client.post(body, 'k'));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  });

  it('R-DESK-02 goes with one of two that were both checked before either was written', async () => {
    const uploadIds = [await upload(client)];
    const both = await Promise.all(
      ['msg_a', 'rpl_b'].map((usedBy) => useAttachments(rt, { ownerId: client.id, uploadIds, usedBy })),
    );
    const [one, two] = both.map(({ writes }) =>
      commit(rt, { writes }).then(
        () => 'used',
        (error: Error) => error.name,
      ),
    );
    expect([await one, await two].toSorted()).toEqual(['CommitConflict', 'used']);
  });

  it('R-DESK-02 is not kept when another file takes its place while it is looked at', async () => {
    honourIfMatch();
    const uploadId = await upload(client);
    const { etag = '' } = (await findPendingFile(rt, uploadId)) ?? {};
    await store(uploadId, Buffer.from('<script>alert(1)</script>'));
    expect(await keepFile(rt, { uploadId, contentType: 'image/png' }, etag)).toBe(false);
  });

  it('R-DESK-02 cannot be replaced once it was looked at, though the form is still good', async () => {
    const id = await upload(client);
    const { body } = await postWith(id);
    await store(id, Buffer.from('<script>alert(1)</script>'));
    const { url } = (await client.message(body.messageId)).attachments[0];
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(sampleFiles['image/png']);
  });

  it('R-DESK-02 comes five at a time', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await upload(client));
    const { body } = await postWith(...ids);
    const { attachments } = await client.message(body.messageId);
    expect(attachments.map(({ uploadId }: { uploadId: string }) => uploadId)).toEqual(ids);
  });

  it('R-DESK-02 named twice in one message is 400', async () => {
    const id = await upload(client);
    expect((await postWith(id, id)).status).toBe(400);
  });

  it('R-DESK-02 a day old is refused', async () => {
    const id = await upload(client);
    rt.clock.move(24 * 3600 * 1000);
    expect(await postWith(id)).toMatchObject(refused(0));
  });
});

it('R-AUTH-04 clients and staff upload, admins as such do not', async () => {
  for (const role of ['client', 'executor', 'manager'] as const) {
    expect((await declare(newUser(rt, role))).status).toBe(201);
  }
  expect((await declare(newUser(rt, 'admin'))).status).toBe(403);
});
