import * as z from 'zod';
import { contentTypes, MAX_UPLOAD_BYTES } from '../../lib/desk/intake/attachments.ts';
import { leaveToUpload, prepareUpload } from '../../lib/desk/intake/uploads.ts';
import { uploadView } from '../../lib/desk/tickets/views.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { fileNameSchema } from '../../lib/platform/input/file-name.ts';

export const postUploadRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/uploads',
    summary: 'Create upload URL',
    description:
      'POST the file as multipart/form-data to `url`, after all the fields, within 15 minutes; then name `uploadId` in a message or reply within a day. A repeat with the same Idempotency-Key gets the same `uploadId` and a new form, valid for 15 minutes.',
    tag: 'uploads',
    access: ['client', 'executor', 'manager'],
    body: () =>
      z.strictObject({
        fileName: fileNameSchema,
        contentType: z.enum(contentTypes),
        sizeBytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
      }),
    idempotent: true,
    secretFields: ['url', 'fields', 'expiresAt'],
    answers: { 201: uploadView },
    example: { body: { fileName: 'leak.jpg', contentType: 'image/jpeg', sizeBytes: 182_044 } },
  },
  async ({ rt, caller, body, idempotency }) => ({
    status: 201,
    body: await prepareUpload(rt, { ...body, ownerId: caller.id, idempotency }),
  }),
  ({ rt, body }, { uploadId }) => leaveToUpload(rt, { ...body, uploadId }),
);
