import { formatUrl } from '@aws-sdk/core/util';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ServiceException } from '@smithy/core/client';
import { escapeUriPath } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { filetypemime } from 'magic-bytes.js';
import type { Environment } from '../config.ts';
import type { FileHead, FileStore, Place } from './file-store.ts';
import { type S3Access, type S3Answer, type S3Request, s3Requests } from './s3-requests.ts';
import { signedForm } from './upload-form.ts';

type Requests = ReturnType<typeof s3Requests>;

/** Three attempts end before the ten seconds of a function that answers people. */
const CONNECT_MS = 1_000;
const ANSWER_MS = 3_000;

const answeredWith = (error: unknown, statuses: readonly number[]): boolean =>
  error instanceof ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);

/** Without the right to list, the store answers 403 for what is not there; 416 is an empty object. */
const ABSENT = [403, 404, 416];
/** What was to be copied is not there, or is another version. */
const GONE = [404, 412];

const find = (s3: Requests, place: Place, headers: S3Request['headers']): Promise<S3Answer | undefined> =>
  s3.send(place, { method: 'GET', ...(headers && { headers }) }).catch((error: unknown) => {
    if (answeredWith(error, ABSENT)) return undefined;
    throw error;
  });

const findHead = async (s3: Requests, place: Place, headBytes: number): Promise<FileHead | undefined> => {
  const answer = await find(s3, place, { range: `bytes=0-${headBytes - 1}` });
  // Without a range in its answer it sent the whole file, which may be empty.
  if (!answer || answer.bytes.length === 0) return undefined;
  const bytes = answer.bytes.subarray(0, headBytes);
  const total = answer.headers['content-range']?.split('/')[1];
  return {
    bytes,
    sizeBytes: Number(total ?? answer.bytes.length),
    types: filetypemime(bytes),
    etag: answer.headers.etag ?? '',
  };
};

const copy = (
  s3: Requests,
  [from, to]: readonly [Place, Place],
  { etag, contentType }: Parameters<FileStore['copy']>[2],
): Promise<boolean> => {
  const headers = {
    'content-type': contentType,
    'x-amz-copy-source': escapeUriPath(`${from.bucket}/${from.key}`),
    'x-amz-copy-source-if-match': etag,
    'x-amz-metadata-directive': 'REPLACE',
  };
  return s3.copy(to, headers).then(
    () => true,
    (error: unknown) => {
      if (answeredWith(error, GONE)) return false;
      throw error;
    },
  );
};

const put = async (
  s3: Requests,
  place: Place,
  { text, contentType }: Parameters<FileStore['put']>[1],
): Promise<void> => {
  await s3.send(place, { method: 'PUT', body: text, headers: bodyHeaders(text, contentType) });
};

const bodyHeaders = (text: string, contentType: string) => ({
  'content-type': contentType,
  'content-length': String(Buffer.byteLength(text)),
});

const findText = async (s3: Requests, place: Place): Promise<string | undefined> => {
  const answer = await find(s3, place, undefined);
  return answer && Buffer.from(answer.bytes).toString('utf8');
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

const readUrl = async (
  s3: Requests,
  place: Place,
  { fileName, contentType, expiresSec }: Parameters<FileStore['readUrl']>[1],
): Promise<string> => {
  const query = {
    'response-content-disposition': disposition(fileName),
    'response-content-type': contentType,
  };
  return formatUrl(await s3.presign(place, query, expiresSec));
};

/** The files that are reached so. */
export const s3Files = (access: S3Access): FileStore => {
  const s3 = s3Requests(access);
  return {
    uploadForm: (place, leave) => signedForm(access, place, leave),
    findHead: (place, headBytes) => findHead(s3, place, headBytes),
    copy: (from, to, version) => copy(s3, [from, to], version),
    put: (place, file) => put(s3, place, file),
    findText: (place) => findText(s3, place),
    readUrl: (place, leave) => readUrl(s3, place, leave),
  };
};

/** With limits on waiting: without them a lost answer would hold an invocation to its end. */
export const s3Http = (): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
  });

/** The files of this process's environment. */
export const openS3Files = (env: Environment): FileStore => {
  const { AWS_REGION: region, AWS_ENDPOINT_URL: endpoint } = env;
  if (!region) throw new Error('configuration is incomplete: AWS_REGION');
  return s3Files({ region, endpoint, credentials: defaultProvider(), http: s3Http() });
};
