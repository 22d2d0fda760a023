import { api, bodyOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Attachment } from '../../api/types.ts';

type ContentType = Attachment['contentType'];

const TYPES: Readonly<Record<ContentType, true>> = {
  'image/jpeg': true,
  'image/png': true,
  'image/webp': true,
  'image/heic': true,
  'image/heif': true,
  'image/avif': true,
  'application/pdf': true,
  'text/plain': true,
};

export const ACCEPTED_TYPES = Object.keys(TYPES).join(',');
export const MAX_FILES = 5;
const MAX_BYTES = 10_485_760;

const isAccepted = (type: string): type is ContentType => Object.hasOwn(TYPES, type);

interface Progress {
  readonly onPart: (part: number) => void;
  readonly signal: AbortSignal;
}

/** fetch says nothing of how much has gone out, so this is the older way. */
const post = (url: string, form: FormData, { onPart, signal }: Progress): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (status: number): void =>
      reject(
        new ApiProblem({ status, code: status === 0 ? 'no-answer' : 'upload-refused', message: 'upload' }),
      );
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onPart(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => (request.status < 300 ? resolve() : fail(request.status)));
    request.addEventListener('error', () => fail(0));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });

/** Uploads a file. @returns its id. Throws ApiProblem: `file-kind`, `file-too-large`, `upload-refused`, `no-answer`. */
export const uploadFile = async (file: File, key: string, progress: Progress): Promise<string> => {
  if (!isAccepted(file.type)) throw new ApiProblem({ status: 422, code: 'file-kind', message: file.name });
  if (file.size > MAX_BYTES || file.size === 0)
    throw new ApiProblem({ status: 422, code: 'file-too-large', message: file.name });
  const { uploadId, url, fields } = await bodyOf(
    api.POST('/v1/uploads', {
      params: { header: { 'Idempotency-Key': key } },
      body: { fileName: file.name, contentType: file.type, sizeBytes: file.size },
    }),
  );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  await post(url, form, progress);
  return uploadId;
};
