import type { Instant } from '../../platform/clock.ts';
import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { deskTable } from '../core/table.ts';
import { UPLOAD_KEPT_SEC, type Upload, uploadSchema } from './attachments.ts';

export const uploads = defineEntity({
  table: 'desk',
  name: 'desk.upload',
  key: ({ uploadId }: Pick<Upload, 'uploadId'>) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' }),
  schema: uploadSchema,
});

/** A record that nothing uses goes by itself, as its object does. */
export const uploadWrite = (rt: Runtime, upload: Upload): Write =>
  uploads.putNew(rt, upload, { expiresAtSec: epochSec(upload.createdAt) + UPLOAD_KEPT_SEC });

/** Uploads by id, read consistently, in no order; missing ones are left out. */
export const findUploads = async (rt: Runtime, uploadIds: readonly string[]): Promise<Upload[]> =>
  uploadIds.length === 0
    ? []
    : uploads.findAll(
        rt,
        uploadIds.map((uploadId) => ({ uploadId })),
      );

/** Marks an upload used, which happens once. */
export const useWrite = (rt: Runtime, uploadId: string, use: { usedBy: string; at: Instant }): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...uploads.key({ uploadId }) },
    UpdateExpression: 'SET usedBy = :usedBy, usedAt = :at REMOVE expiresAtSec',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(usedBy)',
    ExpressionAttributeValues: { ':usedBy': use.usedBy, ':at': use.at },
  },
});
