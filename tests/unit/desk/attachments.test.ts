import { filetypemime } from 'magic-bytes.js';
import {
  attachmentsSchema,
  MAX_UPLOAD_BYTES,
  objectFault,
  UPLOAD_KEPT_SEC,
  type Upload,
  uploadFault,
} from '../../../lib/desk/intake/attachments.ts';
import { plusSeconds } from '../../../lib/platform/clock.ts';

const headOf = (bytes: Uint8Array, sizeBytes = bytes.length) => ({
  bytes,
  sizeBytes,
  types: filetypemime(bytes),
});

const createdAt = '2026-01-05T08:00:00.000Z';
const upload: Upload = {
  uploadId: 'upl_1',
  ownerId: 'usr_1',
  fileName: 'a.txt',
  contentType: 'text/plain',
  sizeBytes: 5,
  createdAt,
};
const use = { ownerId: 'usr_1', usedBy: 'msg_1', at: createdAt };

describe('an upload', () => {
  it.each([
    ['its owner’s', upload, use, undefined],
    ['nobody’s', undefined, use, 'unknown'],
    ['another’s', upload, { ...use, ownerId: 'usr_2' }, 'unknown'],
    ['used by another message', { ...upload, usedBy: 'msg_2' }, use, 'used'],
    ['used by this message', { ...upload, usedBy: 'msg_1' }, use, undefined],
    [
      'used by this message, and days old',
      { ...upload, usedBy: 'msg_1' },
      { ...use, at: plusSeconds(createdAt, 3 * UPLOAD_KEPT_SEC) },
      undefined,
    ],
    ['a day old', upload, { ...use, at: plusSeconds(createdAt, UPLOAD_KEPT_SEC) }, 'expired'],
    ['almost a day old', upload, { ...use, at: plusSeconds(createdAt, UPLOAD_KEPT_SEC - 1) }, undefined],
  ] as const)('R-DESK-02 that is %s', (_, given, by, fault) => expect(uploadFault(given, by)).toBe(fault));

  it.each([
    ['absent', undefined, 'absent'],
    ['empty', headOf(Buffer.from('')), 'absent'],
    ['as declared', headOf(Buffer.from('hello')), undefined],
    ['smaller', headOf(Buffer.from('hi')), undefined],
    ['larger than declared', headOf(Buffer.from('hello!')), 'size'],
    ['of another type', headOf(Buffer.from([0, 1, 2])), 'type'],
  ] as const)('R-DESK-02 whose file is %s', (_, head, fault) =>
    expect(objectFault(head, upload)).toBe(fault),
  );
});

test('R-DESK-02 no file may have more than 10 MiB, whatever was declared', () => {
  const fault = (sizeBytes: number) =>
    objectFault(headOf(Buffer.from('hello'), sizeBytes), { ...upload, sizeBytes: 1e9 });
  expect(MAX_UPLOAD_BYTES).toBe(10_485_760);
  expect([fault(MAX_UPLOAD_BYTES), fault(MAX_UPLOAD_BYTES + 1)]).toEqual([undefined, 'size']);
});

test('R-DESK-02 a message takes none to five uploads, each of them once', () => {
  const ids = Array.from({ length: 6 }, () => `upl_${crypto.randomUUID()}`);
  const takes = (given: readonly string[]) => attachmentsSchema.safeParse(given).success;
  expect([takes([]), takes(ids.slice(0, 5)), takes(ids)]).toEqual([true, true, false]);
  expect(takes([ids[0] as string, ids[0] as string])).toBe(false);
  expect(takes([`msg_${crypto.randomUUID()}`])).toBe(false);
});
