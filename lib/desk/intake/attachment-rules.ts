import * as z from 'zod';
import { epochMs, type Instant } from '../../platform/clock.ts';
import type { FileHead } from '../../platform/files/file-store.ts';
import { idPattern } from '../../platform/ids.ts';
import { textUpTo } from '../../platform/input/pasted-text.ts';

export const contentTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'text/plain',
] as const;
export const MAX_ATTACHMENTS = 5;
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** How long an upload that no message uses can still be used. */
export const UPLOAD_KEPT_SEC = 24 * 3600;
/** As much of a file as is looked at. */
export const HEAD_BYTES = 4096;

export const uploadIdSchema = z.string().regex(idPattern('upl')).meta({ id: 'UploadId' });

const MAX_NAME_CHARS = 200;
export const fileNameSchema = textUpTo(MAX_NAME_CHARS);

export const attachmentsSchema = z
  .array(uploadIdSchema)
  .max(MAX_ATTACHMENTS)
  .refine((ids) => new Set(ids).size === ids.length, 'must differ')
  .meta({ uniqueItems: true, description: 'Ids of uploads, each used once.' });

export interface Upload {
  readonly uploadId: string;
  readonly ownerId: string;
  readonly fileName: string;
  readonly contentType: string;
  /** As declared: the most the object may have. */
  readonly sizeBytes: number;
  readonly createdAt: Instant;
  /** Id of the message or reply it belongs to. */
  readonly usedBy?: string | undefined;
}

/** Path separators, what Windows and shells read something into, control and format characters, lone surrogates. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A file name to show and to save under: no path, nothing that hides or turns the text, never empty or a dot file. */
export const safeFileName = (fileName: string): string => {
  const last = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(UNSAFE, '').trim().replace(/^\.+/, '');
  return [...clean].slice(0, MAX_NAME_CHARS).join('') || 'file';
};

/** A file's first bytes, whether they are all of it, and of which types a file begins so. */
export type Head = Pick<FileHead, 'bytes' | 'sizeBytes' | 'types'>;

const isText = ({ bytes, sizeBytes }: Head): boolean => {
  if (bytes.includes(0)) return false;
  try {
    // A head may end within a character; a whole file may not.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: bytes.length < sizeBytes });
    return true;
  } catch {
    return false;
  }
};

/** Whether a file begins as its declared type must. What the store says of the type is the uploader's word. */
export const looksLike = (head: Head, contentType: string): boolean =>
  contentType === 'text/plain' ? isText(head) : head.types.includes(contentType);

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
