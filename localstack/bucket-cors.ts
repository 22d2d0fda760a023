/** The bucket's CORS rules of infra/storage.ts, which the stand-in for S3 does not know: pages upload to it and say how far they are. */
import type { IncomingMessage, ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const MAX_AGE_SEC = 3600;

/** @param answer of the bucket; whose pages may call at all is checked before (local-only.ts) */
export const withBucketCors =
  (answer: Answer): Answer =>
  (request, response) => {
    const { origin, 'access-control-request-headers': wanted } = request.headers;
    if (origin === undefined) return answer(request, response);
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'origin');
    if (request.method !== 'OPTIONS') return answer(request, response);
    response
      .writeHead(204, {
        'access-control-allow-methods': 'POST, GET',
        'access-control-allow-headers': wanted ?? '*',
        'access-control-max-age': String(MAX_AGE_SEC),
      })
      .end();
  };
