// @pure

import * as z from 'zod';
import { epochMs, type Instant } from '../../platform/clock.ts';
import { idPattern } from '../../platform/ids.ts';
import { fileKinds, type Head, looksLike } from '../../platform/input/file-kind.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';

export const contentTypes = fileKinds;
export const MAX_ATTACHMENTS = 5;
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** How long an upload that no message uses can still be used. */
export const UPLOAD_KEPT_SEC = 24 * 3600;
export const uploadIdSchema = z.string().regex(idPattern('upl')).meta({ id: 'UploadId' });

export const attachmentsSchema = z
  .array(uploadIdSchema)
  .max(MAX_ATTACHMENTS)
  .refine((ids) => new Set(ids).size === ids.length, 'must differ')
  .meta({ uniqueItems: true, description: 'Ids of uploads, each used once.' });

export const uploadSchema = lazily(() =>
  z.object({
    uploadId: z.string(),
    ownerId: z.string(),
    fileName: z.string(),
    contentType: z.string(),
    /** As declared: the most the object may have. */
    sizeBytes: z.int(),
    createdAt: storedInstant(),
    /** Id of the message or reply it belongs to. */
    usedBy: z.string().optional(),
  }),
);
export type Upload = ReadBy<typeof uploadSchema>;

export type UploadFault = 'unknown' | 'used' | 'expired';

/** Why this upload cannot go with this message; what is another's does not exist for them. */
export const uploadFault = (
  upload: Upload | undefined,
  use: { ownerId: string; usedBy: string; at: Instant },
): UploadFault | undefined => {
  if (!upload || upload.ownerId !== use.ownerId) return 'unknown';
  if (upload.usedBy !== undefined && upload.usedBy !== use.usedBy) return 'used';
  const ageMs = epochMs(use.at) - epochMs(upload.createdAt);
  return upload.usedBy === undefined && ageMs >= UPLOAD_KEPT_SEC * 1000 ? 'expired' : undefined;
};

/** Why an object is not what its upload said. */
export const objectFault = (
  head: Head | undefined,
  upload: Upload,
): 'absent' | 'size' | 'type' | undefined => {
  if (!head || head.sizeBytes === 0) return 'absent';
  if (head.sizeBytes > upload.sizeBytes || head.sizeBytes > MAX_UPLOAD_BYTES) return 'size';
  return looksLike(head, upload.contentType) ? undefined : 'type';
};
