import type { FileHead, Place, UploadForm } from '../../platform/files/file-store.ts';
import { HEAD_BYTES } from '../../platform/input/file-kind.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Attachment } from '../model.ts';
import type { Upload } from './attachments.ts';

export const POST_SEC = 15 * 60;
const READ_SEC = 10 * 60;

const placeOf = ({ env }: Runtime, key: string): Place => {
  if (env.BUCKET_UPLOADS) return { bucket: env.BUCKET_UPLOADS, key };
  throw new Error('configuration is incomplete: BUCKET_UPLOADS');
};

/** Where a client's browser puts a file; the policy lets it do so again until it runs out. */
const pending = (rt: Runtime, uploadId: string): Place => placeOf(rt, `uploads/pending/${uploadId}`);
/** Where a file is stored after it was checked: upload forms do not reach this prefix. */
const kept = (rt: Runtime, uploadId: string): Place => placeOf(rt, `uploads/kept/${uploadId}`);

/** Address and form fields for one POST of exactly this type and at most this size. */
export const uploadForm = async (
  rt: Runtime,
  upload: Pick<Upload, 'uploadId' | 'contentType' | 'sizeBytes'>,
): Promise<UploadForm> => {
  const { uploadId, contentType, sizeBytes } = upload;
  const leave = { contentType, maxBytes: sizeBytes, expiresSec: POST_SEC };
  return (await rt.files()).uploadForm(pending(rt, uploadId), leave);
};

/** The first bytes of what was uploaded; undefined when nothing was. */
export const findPendingFile = async (rt: Runtime, uploadId: string): Promise<FileHead | undefined> =>
  (await rt.files()).findHead(pending(rt, uploadId), HEAD_BYTES);

/**
 * Copies exactly the file that was checked to where its owner can no longer change it. False when another has replaced
 * it meanwhile. Idempotent.
 */
export const keepFile = async (
  rt: Runtime,
  { uploadId, contentType }: Pick<Upload, 'uploadId' | 'contentType'>,
  etag: string,
): Promise<boolean> =>
  (await rt.files()).copy(pending(rt, uploadId), kept(rt, uploadId), { etag, contentType });

/** A URL to download a kept file: never shown inline, and under the type that was checked. */
export const readUrl = async (rt: Runtime, attachment: Attachment): Promise<string> => {
  const { uploadId, fileName, contentType } = attachment;
  const leave = { fileName, contentType, expiresSec: READ_SEC };
  return (await rt.files()).readUrl(kept(rt, uploadId), leave);
};
