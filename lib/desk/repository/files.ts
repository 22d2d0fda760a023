import { CopyObjectCommand, GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Runtime } from '../../platform/runtime.ts';
import { HEAD_BYTES, type Head, type Upload } from '../intake/attachment-rules.ts';
import type { Attachment } from '../model.ts';

export const POST_SEC = 15 * 60;
const READ_SEC = 10 * 60;

const bucketOf = ({ env }: Runtime): string => {
  if (env.BUCKET_UPLOADS) return env.BUCKET_UPLOADS;
  throw new Error('configuration is incomplete: BUCKET_UPLOADS');
};

/** Where a client's browser puts a file; the policy lets it do so again until it runs out. */
const pendingKey = (uploadId: string): string => `uploads/pending/${uploadId}`;
/** Where a file stands that has been looked at: nobody outside can write here. */
const keptKey = (uploadId: string): string => `uploads/kept/${uploadId}`;

/** Address and form fields for one POST of exactly this type and at most this size. */
export const uploadForm = (rt: Runtime, upload: Upload) => {
  const { uploadId, contentType, sizeBytes } = upload;
  return createPresignedPost(rt.s3, {
    Bucket: bucketOf(rt),
    Key: pendingKey(uploadId),
    Fields: { 'Content-Type': contentType },
    Conditions: [['content-length-range', 1, sizeBytes]],
    Expires: POST_SEC,
  });
};

export interface PendingFile extends Head {
  readonly etag: string;
}

/** Without the right to list, the store answers 403 for what is not there; 416 is an empty object. */
const ABSENT = new Set([403, 404, 416]);

const absent = (error: unknown): undefined => {
  if (error instanceof S3ServiceException && ABSENT.has(error.$metadata.httpStatusCode ?? 0))
    return undefined;
  throw error;
};

/** The first bytes of what was uploaded; undefined when nothing was. */
export const findPendingFile = async (rt: Runtime, uploadId: string): Promise<PendingFile | undefined> => {
  const get = new GetObjectCommand({
    Bucket: bucketOf(rt),
    Key: pendingKey(uploadId),
    Range: `bytes=0-${HEAD_BYTES - 1}`,
  });
  const answer = await rt.s3.send(get).catch(absent);
  if (!answer?.Body) return undefined;
  const bytes = (await answer.Body.transformToByteArray()).subarray(0, HEAD_BYTES);
  const total = answer.ContentRange?.split('/')[1];
  return { bytes, sizeBytes: Number(total ?? answer.ContentLength), etag: answer.ETag ?? '' };
};

/**
 * Copies exactly the file that was looked at to where its owner can no longer change it. False when another has taken
 * its place meanwhile. Doing it twice is doing it once.
 */
export const keepFile = async (
  rt: Runtime,
  upload: Pick<Upload, 'uploadId' | 'contentType'>,
  etag: string,
): Promise<boolean> => {
  const bucket = bucketOf(rt);
  const copy = new CopyObjectCommand({
    Bucket: bucket,
    Key: keptKey(upload.uploadId),
    CopySource: `${bucket}/${pendingKey(upload.uploadId)}`,
    CopySourceIfMatch: etag,
    MetadataDirective: 'REPLACE',
    ContentType: upload.contentType,
  });
  return rt.s3.send(copy).then(
    () => true,
    (error: unknown) => {
      if (error instanceof S3ServiceException && [404, 412].includes(error.$metadata.httpStatusCode ?? 0))
        return false;
      throw error;
    },
  );
};

/** RFC 6266 and RFC 8187: an ASCII name for everyone, the true one for those who can read it. */
const disposition = (fileName: string): string => {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};

/** An address to read a kept file from. It is saved, never shown in place, and under the type we checked. */
export const readUrl = (rt: Runtime, attachment: Attachment): Promise<string> =>
  getSignedUrl(
    rt.s3,
    new GetObjectCommand({
      Bucket: bucketOf(rt),
      Key: keptKey(attachment.uploadId),
      ResponseContentDisposition: disposition(attachment.fileName),
      ResponseContentType: attachment.contentType,
    }),
    { expiresIn: READ_SEC },
  );
