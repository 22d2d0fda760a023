import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import type { Place } from '../../platform/files/file-store.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { StoredFile } from '../model.ts';
import type { RenderedLetter } from '../rendering/render.ts';

const placeOf = ({ env }: Runtime, key: string): Place => {
  if (env.BUCKET_LETTERS) return { bucket: env.BUCKET_LETTERS, key };
  throw new Error('configuration is incomplete: BUCKET_LETTERS');
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Keeps a letter's words under a name that says what they are: composing the same notification twice, from two versions
 * of its template, makes two files, and the item names the one that counts.
 */
export const putLetter = async (
  rt: Runtime,
  notificationId: string,
  { subject, text, html }: RenderedLetter,
): Promise<StoredFile> => {
  const content = JSON.stringify({ subject, text, html });
  const hash = sha256(content);
  const file = {
    key: `letters/${notificationId}/${hash}.json`,
    sha256: hash,
    bytes: Buffer.byteLength(content),
  };
  const files = await rt.files();
  await files.put(placeOf(rt, file.key), { text: content, contentType: 'application/json' });
  return file;
};

/** The letter as it was composed. Throws `letter-gone`, and `letter-changed` when it is not what its hash says. */
export const getLetter = async (rt: Runtime, file: StoredFile): Promise<RenderedLetter> => {
  const content = await (await rt.files()).findText(placeOf(rt, file.key));
  if (content === undefined) throw new AppError('missing', 'letter-gone', 'The stored letter is gone.');
  if (sha256(content) !== file.sha256) {
    throw new AppError(
      'unprocessable',
      'letter-changed',
      'The stored letter is not the one that was composed.',
    );
  }
  return JSON.parse(content) as RenderedLetter;
};
