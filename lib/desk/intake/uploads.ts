import { instant, plusSeconds } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { FileKind } from '../../platform/input/file-kind.ts';
import { safeFileName } from '../../platform/input/file-name.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Attachment } from '../model.ts';
import { objectFault, type Upload, type UploadFault, uploadFault } from './attachments.ts';
import { findPendingFile, keepFile, POST_SEC, uploadForm } from './file-repository.ts';
import { findUploads, uploadWrite, useWrite } from './upload-repository.ts';

export interface UploadWish {
  readonly ownerId: string;
  readonly fileName: string;
  readonly contentType: FileKind;
  readonly sizeBytes: number;
  readonly idempotency: Idempotency;
}

export interface UploadTicket {
  readonly uploadId: string;
  readonly url: string;
  readonly fields: Record<string, string>;
  readonly expiresAt: string;
}

/** A form of POST_SEC from now: whoever has it may upload, so it is made on request and stored nowhere. */
export const leaveToUpload = async (
  rt: Runtime,
  upload: Pick<Upload, 'uploadId' | 'contentType' | 'sizeBytes'>,
): Promise<Omit<UploadTicket, 'uploadId'>> => {
  const { url, fields } = await uploadForm(rt, upload);
  return { url, fields, expiresAt: plusSeconds(instant(rt.clock.nowMs()), POST_SEC) };
};

/** Notes what will be uploaded and gives leave to do it, for this alone. */
export const prepareUpload = async (rt: Runtime, wish: UploadWish): Promise<UploadTicket> => {
  const { idempotency, ownerId, fileName, contentType, sizeBytes } = wish;
  const createdAt = instant(rt.clock.nowMs());
  const uploadId = rt.ids.next('upl');
  const upload: Upload = {
    uploadId,
    ownerId,
    fileName: safeFileName(fileName, contentType),
    contentType,
    sizeBytes,
    createdAt,
  };
  const body = { uploadId, ...(await leaveToUpload(rt, upload)) };
  await commit(rt, {
    writes: [uploadWrite(rt, upload)],
    answer: { idempotency, stored: { status: 201, body } },
  });
  return body;
};

type Fault = UploadFault | 'absent' | 'size' | 'type' | 'replaced';

const faultWords: Readonly<Record<Fault, string>> = {
  unknown: 'there is no such upload of yours',
  used: 'it belongs to another message',
  expired: 'it was made too long ago: upload it again',
  absent: 'nothing was uploaded',
  size: 'the file is larger than declared',
  type: 'the file is not of the declared type',
  replaced: 'the file is being replaced',
};

/** The index of an attachment that was refused. */
const invalidAttachments = (faults: readonly (Fault | undefined)[]): AppError =>
  new AppError('unprocessable', 'attachment-invalid', 'An attachment cannot be used.', {
    details: faults.flatMap((fault, index) =>
      fault ? [{ path: `body.attachments.${index}`, message: faultWords[fault] }] : [],
    ),
  });

const checked = async (rt: Runtime, upload: Upload): Promise<Attachment | Fault> => {
  const { uploadId, fileName, contentType } = upload;
  const file = await findPendingFile(rt, uploadId);
  const fault = objectFault(file, upload);
  if (fault || !file) return fault ?? 'absent';
  if (!(await keepFile(rt, upload, file.etag))) return 'replaced';
  return { uploadId, fileName, contentType, sizeBytes: file.sizeBytes };
};

/** Whose uploads go with what: `usedBy` is the id of the message or reply. */
export interface Use {
  readonly ownerId: string;
  readonly uploadIds: readonly string[];
  readonly usedBy: string;
}

/**
 * Checks uploads against their records and their very bytes, and gives the attachments and the writes that mark them
 * used: these go into the same commit as the message or reply. One already used by this same `usedBy` is let through,
 * so that the commit trips over the message itself and a repeat gets the first answer.
 * Throws `attachment-invalid` (unprocessable) naming the index of each refused one.
 */
export const useAttachments = async (
  rt: Runtime,
  { ownerId, uploadIds, usedBy }: Use,
): Promise<{ attachments: Attachment[]; writes: Write[] }> => {
  const at = instant(rt.clock.nowMs());
  const found = new Map(
    (await findUploads(rt, [...new Set(uploadIds)])).map((upload) => [upload.uploadId, upload]),
  );
  const faults = uploadIds.map((id, index) =>
    uploadIds.indexOf(id) < index ? 'used' : uploadFault(found.get(id), { ownerId, usedBy, at }),
  );
  if (faults.some(Boolean)) throw invalidAttachments(faults);
  const results = await Promise.all(
    uploadIds.flatMap((id) => found.get(id) ?? []).map((upload) => checked(rt, upload)),
  );
  if (results.some((result) => typeof result === 'string')) {
    throw invalidAttachments(results.map((result) => (typeof result === 'string' ? result : undefined)));
  }
  return {
    attachments: results.filter((result) => typeof result !== 'string'),
    writes: uploadIds.map((id) => useWrite(rt, id, { usedBy, at })),
  };
};
