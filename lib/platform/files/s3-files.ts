import {
  CopyObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { filetypemime } from 'magic-bytes.js';
import type { Environment } from '../config.ts';
import type { FileHead, FileStore, Place, UploadForm } from './file-store.ts';

const objectAt = ({ bucket, key }: Place) => ({ Bucket: bucket, Key: key });

const uploadForm = (
  s3: S3Client,
  place: Place,
  { contentType, maxBytes, expiresSec }: Parameters<FileStore['uploadForm']>[1],
): Promise<UploadForm> =>
  createPresignedPost(s3, {
    ...objectAt(place),
    Fields: { 'Content-Type': contentType },
    Conditions: [['content-length-range', 1, maxBytes]],
    Expires: expiresSec,
  });

const answeredWith = (error: unknown, statuses: readonly number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);

/** Without the right to list, the store answers 403 for what is not there; 416 is an empty object. */
const ABSENT = [403, 404, 416];
/** What was to be copied is not there, or is another version. */
const GONE = [404, 412];

const findHead = async (s3: S3Client, place: Place, headBytes: number): Promise<FileHead | undefined> => {
  const get = new GetObjectCommand({ ...objectAt(place), Range: `bytes=0-${headBytes - 1}` });
  const answer = await s3.send(get).catch((error: unknown) => {
    if (answeredWith(error, ABSENT)) return undefined;
    throw error;
  });
  if (!answer?.Body) return undefined;
  const bytes = (await answer.Body.transformToByteArray()).subarray(0, headBytes);
  const total = answer.ContentRange?.split('/')[1];
  return {
    bytes,
    sizeBytes: Number(total ?? answer.ContentLength),
    types: filetypemime(bytes),
    etag: answer.ETag ?? '',
  };
};

const copy = async (
  s3: S3Client,
  [from, to]: readonly [Place, Place],
  { etag, contentType }: Parameters<FileStore['copy']>[2],
): Promise<boolean> => {
  const command = new CopyObjectCommand({
    ...objectAt(to),
    CopySource: `${from.bucket}/${from.key}`,
    CopySourceIfMatch: etag,
    MetadataDirective: 'REPLACE',
    ContentType: contentType,
  });
  return s3.send(command).then(
    () => true,
    (error: unknown) => {
      if (answeredWith(error, GONE)) return false;
      throw error;
    },
  );
};

const put = async (
  s3: S3Client,
  place: Place,
  { text, contentType }: Parameters<FileStore['put']>[1],
): Promise<void> => {
  await s3.send(new PutObjectCommand({ ...objectAt(place), Body: text, ContentType: contentType }));
};

const findText = async (s3: S3Client, place: Place): Promise<string | undefined> => {
  const answer = await s3.send(new GetObjectCommand(objectAt(place))).catch((error: unknown) => {
    if (answeredWith(error, ABSENT)) return undefined;
    throw error;
  });
  return answer?.Body?.transformToString('utf-8');
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

const readUrl = (
  s3: S3Client,
  place: Place,
  { fileName, contentType, expiresSec }: Parameters<FileStore['readUrl']>[1],
): Promise<string> =>
  getSignedUrl(
    s3,
    new GetObjectCommand({
      ...objectAt(place),
      ResponseContentDisposition: disposition(fileName),
      ResponseContentType: contentType,
    }),
    { expiresIn: expiresSec },
  );

/** The files behind this client. */
export const s3Files = (s3: S3Client): FileStore => ({
  uploadForm: (place, leave) => uploadForm(s3, place, leave),
  findHead: (place, headBytes) => findHead(s3, place, headBytes),
  copy: (from, to, version) => copy(s3, [from, to], version),
  put: (place, file) => put(s3, place, file),
  findText: (place) => findText(s3, place),
  readUrl: (place, leave) => readUrl(s3, place, leave),
});

/** The files of this process's environment. */
export const openS3Files = (env: Environment): FileStore =>
  // The local endpoint has no wildcard host names; on AWS the SDK's own choice stands.
  s3Files(new S3Client({ forcePathStyle: Boolean(env.AWS_ENDPOINT_URL) }));
