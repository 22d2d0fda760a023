import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Account, Physical } from '../cloudformation.ts';

/** Makes the bucket if it is missing. Its policies are AWS's to enforce; the stand-in knows none. */
export async function provisionBucket(s3: S3Client, name: string, account: Account): Promise<Physical> {
  if (!(await exists(s3, name))) await create(s3, name, account.region);
  const domain = `${name}.s3.amazonaws.com`;
  return {
    ref: name,
    attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
  };
}

async function exists(s3: S3Client, name: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function create(s3: S3Client, name: string, region: string): Promise<void> {
  // us-east-1 is the one region that must not be named as a constraint.
  const place = region === 'us-east-1' ? {} : { LocationConstraint: region as never };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: place }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}
