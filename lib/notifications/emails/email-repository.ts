import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import type { Place } from '../../platform/files/file-store.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { StoredFile } from '../model.ts';
import type { RenderedEmail } from '../rendering/render.ts';

const placeOf = ({ env }: Runtime, key: string): Place => {
  if (env.BUCKET_EMAILS) return { bucket: env.BUCKET_EMAILS, key };
  throw new Error('configuration is incomplete: BUCKET_EMAILS');
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Keeps an e-mail's words under a name that says what they are: composing the same notification twice, from two versions
 * of its template, makes two files, and the item names the one that counts.
 */
export const putEmail = async (
  rt: Runtime,
  notificationId: string,
  { subject, text, html }: RenderedEmail,
): Promise<StoredFile> => {
  const content = JSON.stringify({ subject, text, html });
  const hash = sha256(content);
  const file = {
    key: `emails/${notificationId}/${hash}.json`,
    sha256: hash,
    bytes: Buffer.byteLength(content),
  };
  const files = await rt.files();
  await files.put(placeOf(rt, file.key), { text: content, contentType: 'application/json' });
  return file;
};

/** The e-mail as it was composed. Throws `email-gone`, and `email-changed` when it is not what its hash says. */
export const getEmail = async (rt: Runtime, file: StoredFile): Promise<RenderedEmail> => {
  const content = await (await rt.files()).findText(placeOf(rt, file.key));
  if (content === undefined) throw new AppError('missing', 'email-gone', 'The stored e-mail is gone.');
  if (sha256(content) !== file.sha256) {
    throw new AppError(
      'unprocessable',
      'email-changed',
      'The stored e-mail is not the one that was composed.',
    );
  }
  return JSON.parse(content) as RenderedEmail;
};
