import { createHmac } from 'node:crypto';
import { ALGORITHM_IDENTIFIER, createScope, getSigningKey } from '@smithy/signature-v4';
import { instant, systemClock } from '../clock.ts';
import { sha256 } from '../signed/until-answered.ts';
import type { FileStore, Place, UploadForm } from './file-store.ts';
import { bucketUrl, type S3Access } from './s3-requests.ts';

const toSeconds = (epochMs: number): string => instant(epochMs).replace(/\.\d{3}Z$/, 'Z');

/**
 * A form for a POST from a browser: what it must hold stands in its policy, which is signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export const signedForm = async (
  s3: S3Access,
  { bucket, key }: Place,
  { contentType, maxBytes, expiresSec }: Parameters<FileStore['uploadForm']>[1],
): Promise<UploadForm> => {
  const credentials = await s3.credentials();
  // The real time, as all signatures: S3 refuses those of another.
  const nowMs = systemClock.nowMs();
  const moment = toSeconds(nowMs).replaceAll(/[-:]/g, '');
  const day = moment.slice(0, 8);
  const fields = {
    'Content-Type': contentType,
    bucket,
    'X-Amz-Algorithm': ALGORITHM_IDENTIFIER,
    'X-Amz-Credential': `${credentials.accessKeyId}/${createScope(day, s3.region, 's3')}`,
    'X-Amz-Date': moment,
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    key,
  };
  const policy = {
    expiration: toSeconds(nowMs + expiresSec * 1000),
    conditions: [
      ['content-length-range', 1, maxBytes],
      ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ],
  };
  const Policy = Buffer.from(JSON.stringify(policy)).toString('base64');
  const signingKey = await getSigningKey(sha256, credentials, day, s3.region, 's3');
  const signature = createHmac('sha256', signingKey).update(Policy).digest('hex');
  const url = bucketUrl(s3, bucket).href;
  // A stand-in knows the bucket by the path alone, and a slash after it would be a key.
  return {
    url: s3.endpoint ? url.replace(/\/$/, '') : url,
    fields: { ...fields, Policy, 'X-Amz-Signature': signature },
  };
};
