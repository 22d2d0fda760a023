import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ProblemCode, problemAnswer } from './problems.ts';
import { endWhileSending, hasBody } from './read-body.ts';

interface Failure {
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly also?: Readonly<Record<string, string>>;
}

/** Answers with a problem, whether or not the request was read; cuts an answer that had begun. */
export async function answerProblem(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  { code, requestId, also }: Failure,
): Promise<void> {
  if (response.headersSent) return void response.destroy();
  const { statusCode, headers, body } = problemAnswer(code, requestId);
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const whole = request.complete || !hasBody(request);
  const last: Record<string, string> = whole ? {} : { connection: 'close' };
  response.writeHead(statusCode, { ...headers, ...also, ...length, ...last });
  if (whole) return void response.end(body);
  response.write(body);
  await endWhileSending(request, response);
}
