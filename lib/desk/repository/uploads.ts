import type { Instant } from '../../platform/clock.ts';
import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { UPLOAD_KEPT_SEC, type Upload } from '../intake/attachment-rules.ts';
import { deskTable, findItems, type Item, type Key, putNew } from './table.ts';

const uploadKey = (uploadId: string): Key => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });

const fromItem = ({ pk, sk, expiresAtSec, ...rest }: Item): Upload => rest as unknown as Upload;

/** A record that nothing uses goes by itself, as its object does. */
export const uploadWrite = (rt: Runtime, upload: Upload): Write =>
  putNew(rt, {
    ...uploadKey(upload.uploadId),
    ...upload,
    expiresAtSec: epochSec(upload.createdAt) + UPLOAD_KEPT_SEC,
  });

/** Uploads by id, read consistently, in no order; missing ones are left out. */
export const findUploads = async (rt: Runtime, uploadIds: readonly string[]): Promise<Upload[]> =>
  uploadIds.length === 0 ? [] : (await findItems(rt, uploadIds.map(uploadKey))).map(fromItem);

/** Marks an upload used, which happens once. */
export const useWrite = (rt: Runtime, uploadId: string, use: { usedBy: string; at: Instant }): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...uploadKey(uploadId) },
    UpdateExpression: 'SET usedBy = :usedBy, usedAt = :at REMOVE expiresAtSec',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(usedBy)',
    ExpressionAttributeValues: { ':usedBy': use.usedBy, ':at': use.at },
  },
});
